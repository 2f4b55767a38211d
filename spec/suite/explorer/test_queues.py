"""The modelled queues have the schedules that counting by hand gives."""

from __future__ import annotations

import pytest

from concurrency_lib.interleavings import LifoQueue, PriorityQueue, Queue, SimpleQueue, explore
from spec.suite.explorer import programs


@pytest.mark.parametrize(
    ("kind", "items", "outcomes"),
    [
        (Queue, (2, 1), {2: 2}),
        (SimpleQueue, (2, 1), {2: 2}),
        (LifoQueue, (2, 1), {2: 1, 1: 1}),
        (PriorityQueue, (2, 1), {2: 1, 1: 1}),
        (PriorityQueue, (1, 2), {1: 2}),
    ],
)
def test_which_item_comes_first(kind, items, outcomes):
    """A get among two puts comes after the first or after both: 2 schedules, in which the kind of queue decides."""
    taken = []

    def put(queue):
        for item in items:
            queue.put(item)

    def get(queue):
        taken.append(queue.get())

    found = explore(kind, [put, get], programs.always, shared=set(), observe=lambda _: taken.pop())

    assert found.outcomes == outcomes


@pytest.mark.parametrize(("items", "schedules"), [(1, 1), (2, 3)])
def test_join(items, schedules):
    """A join is the last step of all: 1 schedule for one item and 3 for two.

    The producer puts (p) and then joins; the consumer gets (g) and says that it is done (d), for each item. After the
    first p the consumer goes g d g d, and the second p comes before the first g, the first d or the second g.
    """

    def produce(queue):
        for item in range(items):
            queue.put(item)
        queue.join()

    def consume(queue):
        for _ in range(items):
            queue.get()
            queue.task_done()

    found = explore(Queue, [produce, consume], lambda queue: not queue.unfinished_tasks)

    assert (found.schedules, found.failures) == (schedules, 0)


def test_a_join_for_what_nobody_does():
    """A join waits for ever for an item that was taken and never said to be done."""

    def produce(queue):
        queue.put(1)
        queue.join()

    found = explore(Queue, [produce, Queue.get], programs.always)

    assert (found.schedules, found.deadlocks) == (1, 1)


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
