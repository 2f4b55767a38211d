"""The modelled condition has the schedules that counting by hand gives."""

from __future__ import annotations

from concurrency_lib.interleavings import Condition, Lock, explore
from spec.suite.explorer import programs


def test_waiting_and_notifying():
    """A waiter and a notifier have 2 schedules of which 1 is a deadlock: the notify comes first, and is lost.

    The waiter takes the lock and lets it go in waiting; the notifier takes it, notifies, lets it go. Sections
    exclude each other, so either the waiter is first, and is woken after the notifier's section, or it waits
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


def test_which_waiter_is_told():
    """Any waiter may be told first, whichever came first: 10 schedules, of which 4 deadlock and 6 end.

    Two waiters i and j each have a section in which they begin to wait, and one from being woken on, in which they
    tell the next; a third worker tells one of them. If it does so first, nobody hears it: 2 orders of i and j, both
    deadlocks. If it does so after i alone, i wakes before j waits, a deadlock, or after that: 2·2 schedules. If it
    does so after both, either is told, and tells the other: 2·2.
    """
    found = programs.two_waiters_and_a_teller()

    assert (found.schedules, found.deadlocks, found.exhausted) == (10, 4, True)
    assert found.outcomes == {("ij", "ij"): 2, ("ji", "ji"): 2, ("ij", "ji"): 1, ("ji", "ij"): 1}
