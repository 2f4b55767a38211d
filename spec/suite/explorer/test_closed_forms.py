"""The explorer runs exactly as many schedules as counting by hand gives."""

from __future__ import annotations

from math import comb, factorial
from types import SimpleNamespace

import pytest

from concurrency_lib.interleavings import explore
from spec.suite.explorer import programs
from spec.suite.explorer.counting import reads_and_writes


@pytest.mark.parametrize(("workers", "each"), [(2, 1), (2, 2), (2, 3), (3, 1), (3, 2)])
def test_sections_under_one_lock(workers, each):
    """Sections under one lock have as many orders as words with `each` letters of each worker.

    No two sections overlap, so a schedule is the order of whole sections: (n·k)! / (k!)^n, that is 2,
    6, 20, 6, 90.
    """
    found = programs.sections(workers, each)

    assert found.exhausted
    assert found.schedules == factorial(workers * each) // factorial(each) ** workers


def test_one_unlocked_pass():
    """One unlocked pass each of adding and taking away has 34 schedules, of which 18 end wrong.

    The counting by hand goes through all C(8, 4) = 70 words of r w r w against r w r w.
    """
    found = programs.unlocked(1)

    assert reads_and_writes("rwrw") == (34, 18)
    assert (found.schedules, found.failures, found.exhausted) == (34, 18, True)


def test_two_unlocked_passes():
    """Two unlocked passes each have 3334 schedules, of which 2286 end wrong, among all C(16, 8) words."""
    found = programs.unlocked(2)

    assert reads_and_writes("rwrwrwrw") == (3334, 2286)
    assert (found.schedules, found.failures, found.exhausted) == (3334, 2286, True)


@pytest.mark.parametrize("workers", [1, 2, 3, 4])
def test_one_locked_pass(workers):
    """Under a lock n workers have n! schedules, and none ends wrong: whole sections are put in order."""
    found = programs.locked(workers)

    assert (found.schedules, found.failures, found.exhausted) == (factorial(workers), 0, True)


def test_readers_only():
    """Workers that only read have one schedule: no order of reads can be told from another."""

    def read(state):
        return state.x

    found = explore(programs.namespace(x=1), [read, read, read], programs.always)

    assert (found.schedules, found.exhausted) == (1, True)


def test_different_variables():
    """Workers that write different variables have one schedule, with whichever steps in between."""

    def left(state):
        state.left = 1

    def right(state):
        state.right = 1

    found = explore(SimpleNamespace, [left, right], programs.always)

    assert found.schedules == 1


def test_three_writers():
    """Three workers that write one variable once have 3! schedules: all their writes conflict."""

    def write(state):
        state.x = 1

    found = explore(SimpleNamespace, [write] * 3, programs.always)

    assert found.schedules == 6


def test_every_instruction():
    """At the granularity of instructions two workers of m and n instructions have C(m + n, n) schedules.

    The count of one worker's instructions is the length of the only schedule that one worker has alone.
    """

    def nothing(_):
        pass

    alone = explore(lambda: None, [nothing], lambda _: False, granularity="opcode")
    both = explore(lambda: None, [nothing, nothing], programs.always, granularity="opcode")
    length = len(alone.failure.steps)

    assert alone.schedules == 1
    assert both.schedules == comb(2 * length, length)


@pytest.mark.parametrize("workers", [2, 3])
def test_no_preemption(workers):
    """With no preemption allowed n workers that never wait have n! schedules: the orders of whole workers."""

    def count(state):
        state.x = state.x + 1

    found = explore(programs.namespace(x=0), [count] * workers, lambda s: s.x == workers, bound=0)

    assert (found.schedules, found.failures, found.bound) == (factorial(workers), 0, 0)


def test_one_preemption():
    """With one preemption two workers of four steps have 2 + 2·3 = 8 schedules.

    Whoever begins is never preempted (2), or after its first, second or third step, and then the other
    ends first.
    """
    found = programs.unlocked(1, bound=1)

    assert found.schedules == 8
