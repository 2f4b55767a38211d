"""Two threads that count together: with no lock, and with one."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from spec.processes.targets.activities import live_together
from spec.support.sabotage import Patch


def wait_for_the_other(both_have_read: threading.Barrier) -> None:
    """Wait, between reading and writing, until both threads have read."""
    both_have_read.wait()


def count_while_both_have_read() -> int:
    """Let two threads add one each, neither writing before both have read; return the count."""
    count, both_have_read = [0], threading.Barrier(2)

    def add_one() -> None:
        seen = count[0]
        wait_for_the_other(both_have_read)
        count[0] = seen + 1

    live_together(add_one, add_one)
    return count[0]


def count_under_a_lock() -> tuple[bool, int]:
    """Let a second thread ask for the lock while the first has read and not written.

    Returns whether it was let in there and then, and the count at the end.
    """
    lock, count, let_in = make_lock(), [0], list[bool]()
    first_has_read, second_has_asked = threading.Event(), threading.Event()

    def first() -> None:
        with lock:
            seen = count[0]
            first_has_read.set()
            second_has_asked.wait()
            count[0] = seen + 1

    def second() -> None:
        first_has_read.wait()
        let_in.append(lock.acquire(blocking=False))
        count[0] += let_in[0]
        second_has_asked.set()
        if not let_in[0]:
            with lock:
                count[0] += 1

    live_together(first, second)
    return let_in[0], count[0]


def make_lock() -> threading.Lock:
    """Make the lock that guards the count."""
    return threading.Lock()


class OpenLock:
    """A lock that keeps nobody out."""

    def acquire(self, *, blocking: bool = True) -> bool:  # noqa: ARG002 - a lock's signature
        """Let the caller in."""
        return True

    def __enter__(self) -> None:
        """Let the caller in."""

    def __exit__(self, *_: object) -> None:
        """Let the caller out."""


def addition_in_one_step(patch: Patch) -> None:
    """Let one thread read and write before the other begins."""

    def live_in_turn(*activities: Callable[[], None]) -> None:
        for activity in activities:
            activity()

    patch.setattr(sys.modules[__name__], "wait_for_the_other", lambda _: None)
    patch.setattr(sys.modules[__name__], "live_together", live_in_turn)


def lock_that_keeps_nobody_out(patch: Patch) -> None:
    """Guard the count by an open lock."""
    patch.setattr(sys.modules[__name__], "make_lock", OpenLock)
