"""The modelled queues have the schedules that counting by hand gives."""

from __future__ import annotations

import queue
from collections import Counter
from contextlib import suppress
from types import SimpleNamespace

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


def test_done_too_often():
    """To be done with more than was put is an error."""
    found = explore(Queue, [Queue.task_done], programs.always)

    assert "ValueError: task_done() called too many times" in found.failure.says


@pytest.mark.parametrize("get", [lambda queue: queue.get(timeout=1), Queue.get_nowait], ids=["timeout", "nowait"])
def test_a_get_that_may_fail(get):
    """A get that does not wait for ever comes before the put, and finds nothing, or after it: 2 schedules."""
    found = explore(Queue, [lambda queue: queue.put(1), get], programs.always)

    assert (found.schedules, found.failures) == (2, 1)
    assert "Empty" in found.failure.says


@pytest.mark.parametrize(
    "put", [lambda queue: queue.put(1, timeout=1), lambda queue: queue.put_nowait(1)], ids=["timeout", "nowait"]
)
def test_a_put_that_may_fail(put):
    """A put into a full queue that does not wait for ever comes before the get, and fails, or after it: 2 schedules."""

    def full():
        queue = Queue(1)
        queue.put(0)
        return queue

    found = explore(full, [Queue.get, put], programs.always)

    assert (found.schedules, found.failures) == (2, 1)
    assert "Full" in found.failure.says


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


@pytest.mark.skipif(not hasattr(queue, "ShutDown"), reason="queues can be shut down from 3.13 on")
@pytest.mark.parametrize(("immediate", "taken_after_it"), [(False, "the item"), (True, "nothing")])
def test_a_queue_that_is_shut_down(immediate, taken_after_it):
    """A put, a get and a shutdown have 4 orders: the get, if it is not the last, comes after one of the others.

    After the shutdown the put is refused, in 2 of them, and the get takes nothing then. If both came before, or the
    put and then the get, the get takes the item; if the shutdown came between, only where that was not immediate.
    """

    def put(state):
        with suppress(queue.ShutDown):
            state.items.put("the item")
            state.accepted = True

    def get(state):
        with suppress(queue.ShutDown):
            state.taken = state.items.get()

    found = explore(
        lambda: SimpleNamespace(items=Queue(), accepted=False, taken="nothing"),
        [put, get, lambda state: state.items.shutdown(immediate)],
        programs.always,
        observe=lambda state: (state.accepted, state.taken),
        shared=[],
    )

    expected = Counter([(False, "nothing")] * 2 + [(True, "the item"), (True, taken_after_it)])
    assert (found.schedules, found.deadlocks, found.exhausted) == (4, 0, True)
    assert found.outcomes == expected
