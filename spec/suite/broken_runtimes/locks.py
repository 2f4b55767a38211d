"""Runtimes whose locks break one promise each, for the specification and the library.

Whoever else makes a lock, such as pytest or the threading module itself, gets an honest one.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by
from spec.suite.broken_runtimes.breaking_locks import Wrapped, break_locks

Semaphore = threading.Semaphore  # as long as it is honest


@noticed_by(
    "lock-one-succeeds", "lock-continues-after", "lock-at-most-one-holder", "lock-must-release",
    "lock-dead-thread-term", "lock-exclusive-section", "lock-prevents-concurrency", "lock-deadlock-possible",
    "lock-deadlock-hangs-all", "lock-only-os-can-kill",
)  # fmt: skip
def a_lock_admits_two() -> None:
    """Two threads hold one lock at the same time."""

    class RoomForTwo(Wrapped):
        def __init__(self) -> None:
            super().__init__(lambda: Semaphore(2))

        def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
            return self.lock.acquire(blocking, None if timeout < 0 else timeout)

        def locked(self) -> bool:
            return bool(self.lock._value < 2)  # noqa: SLF001 - nothing else tells

        def release(self) -> None:
            if not self.locked():
                raise RuntimeError("nobody holds it")
            self.lock.release()

    break_locks(RoomForTwo)


@noticed_by("lock-must-release", "lock-deadlock-possible", "lock-deadlock-hangs-all", "lock-only-os-can-kill")
def a_timeout_is_ignored() -> None:
    """Whoever waits for a lock with a timeout waits on when it is over, for longer than anybody watches."""

    class Patient(Wrapped):
        def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
            return bool(self.lock.acquire(blocking, 4 if 0.001 <= timeout < 3 else timeout))

    break_locks(Patient)


@noticed_by("lock-must-release", "lock-only-os-can-kill")
def a_timeout_is_over_at_once() -> None:
    """Whoever waits for a lock with a timeout gets it now, or is told that the time is over."""

    class Hasty(Wrapped):
        def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
            return bool(self.lock.acquire(blocking, min(timeout, 0)))

    break_locks(Hasty)


@noticed_by("lock-at-most-one-holder")
def a_free_lock_is_released_silently() -> None:
    """Releasing a lock that nobody holds does nothing, and says nothing."""

    class Silent(Wrapped):
        def release(self) -> None:
            with suppress(RuntimeError):
                self.lock.release()

    break_locks(Silent)


@noticed_by("lock-try-finally")
def an_exception_keeps_the_lock() -> None:
    """A with statement that an exception leaves does not release its lock."""

    class Keeping(Wrapped):
        def __exit__(self, kind: object, *_: object) -> None:
            if kind is None:
                self.release()

    break_locks(Keeping)


@noticed_by("lock-at-most-one-holder", "lock-must-release", "lock-try-finally", "lock-only-os-can-kill")
def no_lock_is_ever_locked() -> None:
    """A lock says that it is free, whoever holds it."""

    class NeverLocked(Wrapped):
        def locked(self) -> bool:
            return False

    break_locks(NeverLocked)


@noticed_by("lock-must-release", perhaps=["lock-deadlock-hangs-all"])  # which sees that waiting threads run
def the_end_of_a_thread_frees_its_locks() -> None:
    """A lock whose holder has ended is free for whoever waits for it."""

    class Robust(Wrapped):
        holder: Any = None

        def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
            got = self.lock.acquire(blocking=False)
            give_up = time.monotonic() + (timeout if timeout >= 0 else 3600)
            while not got and blocking and time.monotonic() < give_up:
                got = self.lock.acquire(timeout=0.001) or self.is_orphaned(self.holder)
            if got:
                self.holder = threading.current_thread()
            return got

        def release(self) -> None:
            self.holder = None
            self.lock.release()

        def is_orphaned(self, holder: Any) -> bool:
            return holder is not None and not holder.is_alive()

    break_locks(Robust)


@noticed_by("lock-at-most-one-holder")
def anybody_releases_an_rlock() -> None:
    """A reentrant lock is released by any thread."""

    class Anybodys(Wrapped):
        holder, depth = None, 0

        def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
            mine = self.depth and self.holder is threading.current_thread()
            if not mine and not self.lock.acquire(blocking, timeout):
                return False
            self.holder, self.depth = threading.current_thread(), self.depth + 1
            return True

        def release(self) -> None:
            if not self.depth:
                raise RuntimeError("nobody holds it")
            self.depth -= 1
            if not self.depth:
                self.lock.release()

    break_locks(Anybodys, "RLock")
