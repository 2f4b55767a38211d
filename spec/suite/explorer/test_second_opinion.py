"""An independent explorer, where it is installed, finds what this one finds and nothing else."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from concurrency_lib.interleavings import explore

it = pytest.importorskip("interleave_test", reason="interleave-test (3.12 and later) is not installed")


def counting(state):
    """Count without a lock."""
    state.x = state.x + 1


def counting_locked(state):
    """Count under the lock."""
    with state.one:
        state.x = state.x + 1


def left_then_right(state):
    """Take one lock, then the other."""
    with state.one, state.two:
        state.x = 2


def right_then_left(state):
    """Take them the other way round."""
    with state.two, state.one:
        state.x = 2


def check_then_pop(state):
    """Pop if there is something to pop."""
    if state.items:
        state.items.pop()


def check_then_pop_locked(state):
    """Pop under the lock if there is something to pop."""
    with state.one:
        if state.items:
            state.items.pop()


def fresh():
    """Return a state with two standard locks, which both explorers swap."""
    return SimpleNamespace(x=0, one=threading.Lock(), two=threading.Lock(), items=[1])


PROGRAMS = {
    "lost update": ([counting, counting], lambda s: s.x == 2, True),
    "locked count": ([counting_locked, counting_locked], lambda s: s.x == 2, False),
    "opposite orders": ([left_then_right, right_then_left], lambda _: True, True),
    "one order": ([left_then_right, left_then_right], lambda _: True, False),
    "check then act": ([check_then_pop, check_then_pop], lambda _: True, True),
    "check and act locked": ([check_then_pop_locked, check_then_pop_locked], lambda _: True, False),
    "half locked": ([counting, counting_locked], lambda s: s.x == 2, True),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_agreement(program):
    """Both explorers fail the same programs, and both pass the same programs."""
    workers, invariant, fails = PROGRAMS[program]

    def model():
        state = fresh()
        tasks = [it.spawn(worker, state) for worker in workers]
        for task in tasks:
            task.join()
        assert invariant(state)

    theirs = it.explore(model, strategy="dfs", iterations=20_000, max_preemptions=1, raise_on_failure=False)
    ours = explore(fresh, workers, invariant, swap=True)

    assert ours.exhausted
    assert (ours.failures > 0) == (not theirs.ok) == fails
