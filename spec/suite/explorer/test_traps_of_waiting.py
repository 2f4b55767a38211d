"""Wake-ups that come too early, too late or to the wrong one are found."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from concurrency_lib.interleavings import Condition, Event, Lock, Queue, Semaphore, explore
from spec.suite.explorer import programs


def test_a_notification_that_is_lost():
    """A flag that is looked at outside the lock loses a wake-up."""

    def setup():
        return SimpleNamespace(condition=Condition(Lock()), ready=False)

    def wait(state):
        if not state.ready:
            with state.condition:
                state.condition.wait()

    def tell(state):
        with state.condition:
            state.ready = True
            state.condition.notify()

    found = explore(setup, [wait, tell], programs.always)

    assert found.deadlocks > 0


def test_a_timeout_and_a_notification():
    """A notification that reaches a waiter whose time is up is lost on the one that waits behind it."""

    def hasty(condition):
        with condition:
            condition.wait(timeout=1)

    def patient(condition):
        with condition:
            condition.wait()

    def tell(condition):
        with condition:
            if len(condition._waiters) == 2:  # noqa: SLF001 - nothing else tells how many wait
                condition.notify()
            else:
                condition.notify_all()
                condition.notify_all()

    found = explore(lambda: Condition(Lock()), [hasty, patient, tell], programs.always)

    assert found.deadlocks > 0


@pytest.mark.parametrize("timed", [{"blocking": False}, {"timeout": 1}], ids=["non-blocking", "timeout"])
def test_an_acquire_that_may_fail(timed):
    """An acquire that does not wait for ever succeeds in some schedules and fails in others."""

    def hold(state):
        with state.lock:
            pass

    def attempt(state):
        state.got = state.lock.acquire(**timed)

    found = explore(
        lambda: SimpleNamespace(lock=Lock(), got=None),
        [hold, attempt],
        programs.always,
        observe=lambda s: s.got,
    )

    assert set(found.outcomes) == {True, False}


def test_an_event_that_is_cleared():
    """A worker that waits for an event goes on once it was set, though it is cleared before the worker runs.

    The wait is two steps, look and wake. Look, set, then wake and clear in either order: 2 schedules. Set,
    look, clear: the look is enough. Set, clear, look: it waits for ever. That makes 4, one of them a deadlock.
    """

    def wait(event):
        event.wait()

    def pulse(event):
        event.set()
        event.clear()

    found = explore(Event, [wait, pulse], programs.always)

    assert (found.schedules, found.deadlocks) == (4, 1)


def test_a_semaphore_admits_two():
    """A semaphore of two admits two workers together, and never three."""

    def setup():
        return SimpleNamespace(semaphore=Semaphore(2), inside=Queue(), most=Queue())

    def enter(state):
        with state.semaphore:
            state.inside.put(1)
            state.most.put(state.inside.qsize())
            state.inside.get()

    found = explore(setup, [enter] * 3, programs.always, bound=2, observe=lambda s: max(s.most.get() for _ in range(3)))

    assert set(found.outcomes) == {1, 2}
