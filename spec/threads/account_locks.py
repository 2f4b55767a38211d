"""Accounts that have a lock: an ordinary one, one that is noted, and some that are of no use."""

from __future__ import annotations

import threading
from typing import Any

from spec.support.evidence import Step
from spec.threads.accounts import Account, Change, Watched, step_of_caller

TAKES, GIVES_BACK = "takes the lock", "gives it back"


class Locked(Account):
    """An account that has one lock, for all who change it."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()


class LockEach(Account):
    """An account at which whoever asks for the lock is handed one of his own."""

    @property
    def lock(self) -> Any:
        """A lock that nobody else has."""
        return threading.Lock()


class WatchedWithLock(Watched):
    """An account that notes who read or wrote the balance, and who took the lock and gave it back."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = NotedLock(self.steps)


class WatchedOpenToAll(Watched):
    """An account with a lock that keeps nobody out."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = OpenToAll()


class NotedLock:
    """A lock that notes, while it is held, that it was taken and that it is given back."""

    def __init__(self, steps: list[Step]) -> None:
        self._steps, self._lock = steps, threading.Lock()
        self.locked = self._lock.locked

    def acquire(self, *, blocking: bool = True) -> bool:
        """Take the lock."""
        if taken := self._lock.acquire(blocking=blocking):
            self._steps.append(step_of_caller(TAKES))
        return taken

    def release(self) -> None:
        """Give the lock back."""
        self._steps.append(step_of_caller(GIVES_BACK))
        self._lock.release()

    def __enter__(self) -> None:
        self._lock.acquire()
        self._steps.append(step_of_caller(TAKES))

    def __exit__(self, *_: object) -> None:
        self._steps.append(step_of_caller(GIVES_BACK))
        self._lock.release()


class OpenToAll:
    """A lock that keeps nobody out."""

    def acquire(self, *, blocking: bool = True) -> bool:  # noqa: ARG002 - a lock's signature
        """Let the caller in."""
        return True

    def release(self) -> None:
        """Let the caller out."""

    def locked(self) -> bool:
        """Say that nobody is in."""
        return False

    def __enter__(self) -> None:
        """Let the caller in."""

    def __exit__(self, *_: object) -> None:
        """Let the caller out."""


def locked(change: Change) -> Change:
    """Return the change as one makes it who holds the account's lock meanwhile."""

    def change_under_the_lock(account: Any, amount: Any) -> None:
        with account.lock:
            change(account, amount)

    return change_under_the_lock
