"""The explorer finds what other tools have certified not to exist."""

from __future__ import annotations

from types import SimpleNamespace

from concurrency_lib.interleavings import Lock, Queue, explore
from spec.suite.explorer import programs


def test_the_last_writer_under_a_lock():
    """Under a lock either worker may be the last to write."""

    def writing(value):
        def write(state):
            with state.lock:
                state.last = value

        return write

    found = explore(lambda: SimpleNamespace(lock=Lock(), last=0), [writing(1), writing(2)], lambda s: s.last == 2)

    assert (found.schedules, found.failures) == (2, 1)


def gated():
    """Return two locks and a gate before them."""
    return SimpleNamespace(gate=Lock(), left=Lock(), right=Lock())


def test_a_deadlock_behind_a_gate():
    """A deadlock is found that needs the other worker to have gone through a gate first."""

    def one(state):
        with state.gate:
            pass
        with state.left, state.right:
            pass

    def other(state):
        with state.gate:
            pass
        with state.right, state.left:
            pass

    found = explore(gated, [one, other], programs.always)

    assert found.deadlocks > 0
    assert {wait.primitive for wait in found.deadlock.waits} == {"Lock 2", "Lock 3"}


def test_a_gate_that_is_held():
    """A gate that is held while both locks are taken leaves no deadlock."""

    def one(state):
        with state.gate, state.left, state.right:
            pass

    def other(state):
        with state.gate, state.right, state.left:
            pass

    found = explore(gated, [one, other], programs.always)

    assert (found.deadlocks, found.exhausted) == (0, True)


def test_check_then_act_on_a_queue():
    """A worker that takes from a queue that was not empty may find it empty all the same."""

    def setup():
        queue = Queue()
        queue.put("the only one")
        return queue

    def take(queue):
        if not queue.empty():
            queue.get_nowait()

    found = explore(setup, [take, take], programs.always)

    assert found.failures > 0
    assert "Empty" in found.failure.says
