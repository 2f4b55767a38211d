"""The explorer runs exactly as many schedules as counting by hand gives."""

from __future__ import annotations

from math import comb, factorial
from types import SimpleNamespace

import pytest

from concurrency_lib.interleavings import Condition, Lock, Queue, explore, explore_tasks
from spec.suite.explorer import programs


@pytest.mark.parametrize(("workers", "each"), [(2, 1), (2, 2), (2, 3), (3, 1), (3, 2)])
def test_sections_under_one_lock(workers, each):
    """Sections under one lock have as many orders as words with `each` letters of each worker.

    No two sections overlap, so a schedule is the order of whole sections: (n·k)! / (k!)^n, that is 2,
    6, 20, 6, 90.
    """
    found = programs.sections(workers, each)

    assert found.exhausted
    assert found.schedules == factorial(workers * each) // factorial(each) ** workers


def reads_and_writes(steps):
    """Count the classes of interleavings of two workers with these steps, and those that lose an update.

    An interleaving is a word with the steps of each in their order. Two are alike if one becomes the
    other by swapping
    neighbouring reads of different workers. So a class is the word whose neighbouring reads stand in
    order of worker.
    """
    found = {}

    def go(word, places):
        if places == (len(steps), len(steps)):
            found[normal(word)] = ends_wrong(word)
        for worker in (0, 1):
            if places[worker] < len(steps):
                moved = (places[0] + (worker == 0), places[1] + (worker == 1))
                go((*word, (worker, steps[places[worker]])), moved)

    go((), (0, 0))
    return len(found), sum(found.values())


def normal(word):
    """Sort each group of neighbouring reads by worker."""
    groups = [[]]
    for step in word:
        if step[1] == "w" or (groups[-1] and groups[-1][-1][1] == "w"):
            groups.append([])
        groups[-1].append(step)
    return tuple(step for group in groups for step in sorted(group))


def ends_wrong(word):
    """Tell whether adding 5 and 8 and taking them away, in this order of steps, leaves anything but 0."""
    shared, own, done = 0, [0, 0], [0, 0]
    for worker, step in word:
        if step == "r":
            own[worker] = shared
        else:
            shared = own[worker] + (5, 8)[worker] * (1 if done[worker] % 2 == 0 else -1)
            done[worker] += 1
    return shared != 0


def test_one_unlocked_pass():
    """One unlocked pass each of adding and taking away has 34 schedules, of which 18 end wrong.

    The counting by hand above goes through all C(8, 4) = 70 words of r w r w against r w r w.
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


def test_producer_and_consumer():
    """A queue with room for one lets a producer and a consumer of n items take turns in exactly one order."""

    def produce(queue):
        for item in range(3):
            queue.put(item)

    def consume(queue):
        for _ in range(3):
            queue.get()

    found = explore(lambda: Queue(1), [produce, consume], programs.always)

    assert (found.schedules, found.exhausted) == (1, True)


def test_two_producers():
    """Two producers of two items have C(4, 2) = 6 schedules: each put conflicts with each."""

    def produce(queue):
        queue.put(1)
        queue.put(2)

    assert explore(Queue, [produce, produce], programs.always).schedules == 6


def test_waiting_and_notifying():
    """A waiter and a notifier have 2 schedules of which 1 is a deadlock: the notify comes first, and is lost.

    The waiter takes the lock and lets it go in waiting; the notifier takes it, notifies, lets it go.
    Sections exclude
    each other, so either the waiter is first, and is woken after the notifier's section, or it waits
    for ever.
    """

    def wait(condition):
        with condition:
            condition.wait()

    def notify(condition):
        with condition:
            condition.notify()

    found = explore(lambda: Condition(Lock()), [wait, notify], programs.always)

    assert (found.schedules, found.deadlocks, found.exhausted) == (2, 1, True)


@pytest.mark.parametrize(("tasks", "awaits"), [(2, 0), (2, 1), (2, 2), (3, 1)])
def test_tasks(tasks, awaits):
    """Tasks that await k times take k + 1 steps each, in (n·(k + 1))! / ((k + 1)!)^n orders."""
    import asyncio  # noqa: PLC0415

    async def walk(_):
        for _ in range(awaits):
            await asyncio.sleep(0)

    found = explore_tasks(lambda: None, [walk] * tasks, programs.always)

    assert found.exhausted
    assert found.schedules == factorial(tasks * (awaits + 1)) // factorial(awaits + 1) ** tasks
