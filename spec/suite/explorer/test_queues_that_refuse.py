"""What a modelled queue refuses ends in the error of the real one, in the schedules that counting by hand gives."""

from __future__ import annotations

import queue
from collections import Counter
from contextlib import suppress
from types import SimpleNamespace

import pytest

from concurrency_lib.interleavings import Queue, explore
from spec.suite.explorer import programs


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
