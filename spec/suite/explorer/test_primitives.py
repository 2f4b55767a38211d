"""The modelled locks, semaphores and barriers have the schedules that counting by hand gives."""

from __future__ import annotations

from math import factorial

import pytest

from concurrency_lib.interleavings import Barrier, BoundedSemaphore, Lock, RLock, Semaphore, explore
from spec.suite.explorer import programs


def twice(lock):
    """Take the lock within the lock."""
    with lock, lock:
        pass


def test_a_lock_within_itself():
    """A lock that is taken twice by one worker is a deadlock of that worker with itself."""
    found = explore(Lock, [twice], programs.always)

    assert (found.schedules, found.deadlocks) == (1, 1)
    assert found.deadlock.waits[0].owners == (found.deadlock.waits[0].worker,)


@pytest.mark.parametrize("workers", [2, 3])
def test_a_reentrant_lock_within_itself(workers):
    """Sections of a reentrant lock within themselves are still whole: n workers have n! schedules."""
    found = explore(RLock, [twice] * workers, programs.always)

    assert (found.schedules, found.failures) == (factorial(workers), 0)


def test_a_reentrant_lock_of_another():
    """A reentrant lock refuses to be released by a worker that does not hold it."""
    found = explore(RLock, [RLock.release], programs.always)

    assert "RuntimeError: cannot release un-acquired lock" in found.failure.says


@pytest.mark.parametrize(("kind", "failures"), [(Semaphore, 0), (BoundedSemaphore, 3)])
def test_one_release_too_many(kind, failures):
    """A release too many fails in all 3 schedules of a bounded semaphore, and in none of another.

    One worker acquires and releases (a r), another only releases (x): a r x, a x r and x a r. In the first and the
    last it is x that finds the semaphore full, and in the second it is r.
    """

    def pair(semaphore):
        semaphore.acquire()
        semaphore.release()

    found = explore(lambda: kind(1), [pair, kind.release], programs.always)

    assert (found.schedules, found.failures) == (3, failures)


@pytest.mark.parametrize("parties", [1, 2, 3])
def test_a_barrier(parties):
    """A barrier of n has n!·(n - 1)! schedules: the orders of arriving, then those in which all but the last pass."""
    found = explore(lambda: Barrier(parties), [Barrier.wait] * parties, programs.always)

    assert (found.schedules, found.failures) == (factorial(parties) * factorial(parties - 1), 0)


def test_a_barrier_that_one_is_missing_at():
    """Two workers at a barrier of three arrive in 2 orders, and wait for ever in both."""
    found = explore(lambda: Barrier(3), [Barrier.wait] * 2, programs.always)

    assert (found.schedules, found.deadlocks) == (2, 2)


def test_a_barrier_with_a_timeout():
    """A barrier of two at which one is in a hurry has 3 schedules, of which 1 breaks it.

    The patient one arrives first, and the hasty one opens it; the hasty one arrives first and the patient one opens
    it in time; or the hasty one gives up before the patient one arrives.
    """

    def hasty(barrier):
        barrier.wait(timeout=1)

    found = explore(lambda: Barrier(2), [hasty, Barrier.wait], programs.always)

    assert (found.schedules, found.failures) == (3, 1)
    assert "BrokenBarrierError" in found.failure.says


def test_a_barrier_that_is_aborted():
    """An abort breaks the barrier for those who wait and for those who come: 2 schedules, and both fail."""
    found = explore(lambda: Barrier(2), [Barrier.wait, Barrier.abort], programs.always)

    assert (found.schedules, found.failures) == (2, 2)
