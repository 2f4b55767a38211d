"""Locks and parts of the library that break one promise each."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from concurrency_lib.interleavings import Lock
from concurrency_lib.interleavings.primitives import me


class FreeForAll(Lock):
    """A modelled lock that is free for anybody."""

    def _free(self) -> bool:
        return True


class LockWithAFavourite(Lock):
    """A modelled lock that one thread must have had before any other gets it."""

    had_by_the_favourite = False

    def acquire(self, *_: object, **__: object) -> bool:
        """Take it."""
        worker = me()
        self._step("acquire", lambda: self._free() and (worker == 0 or self.had_by_the_favourite))
        self._owner, self.had_by_the_favourite = worker, True
        return True


class LockForTwo(threading.Semaphore):
    """A lock that two threads hold at once."""

    def __init__(self) -> None:
        super().__init__(2)

    def locked(self) -> bool:
        """Tell whether two hold it."""
        return self._value == 0


class LockForMany(threading.Semaphore):
    """A lock that everybody holds at once."""

    def __init__(self) -> None:
        super().__init__(99)

    def locked(self) -> bool:
        """Tell that there is room."""
        return False


class Wrapped:
    """A real lock, in all that a subclass does not say otherwise."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._lock, name)

    def acquire(self, *args: Any, **options: Any) -> bool:
        """Take it."""
        return self._lock.acquire(*args, **options)

    def release(self) -> None:
        """Let it go."""
        self._lock.release()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


class PolledLock(Wrapped):
    """A lock that is asked for again and again until it is free."""

    def acquire(self, *_: object, **__: object) -> bool:
        """Take it, sooner or later."""
        while not self._lock.acquire(blocking=False):
            time.sleep(0.02)
        return True


class LockWithoutTimeouts(Wrapped):
    """A lock that is waited for as long as it takes, whatever was said."""

    def acquire(self, *_: object, **__: object) -> bool:
        """Take it, however long that takes."""
        return self._lock.acquire()


class LockInNoTime(Wrapped):
    """A lock that nobody waits for who was given a time for it."""

    def acquire(self, *_: object, timeout: float = -1) -> bool:
        """Take it, now or, without a timeout, at any time."""
        return self._lock.acquire(timeout=min(timeout, 0) if timeout >= 0 else -1)


class HeldInTime:
    """Somebody else's lock, for a block that cannot wait."""

    def __init__(self, lock: Any) -> None:
        self._lock = lock

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=0.001):
            raise TimeoutError

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class NeverRefusing(Wrapped):
    """A lock that says nothing when it is let go by whoever does not hold it."""

    def release(self) -> None:
        """Let go of it, if that can be."""
        with suppress(RuntimeError):
            self._lock.release()


class NeverReleased(Wrapped):
    """A lock that nobody gets back once it is taken, but for the tidying up at the end."""

    _asked = False

    def release(self) -> None:
        """Do nothing when asked for the first time."""
        if self._asked:
            self._lock.release()
        self._asked = True


class ChangingPlaces(SimpleNamespace):
    """Two locks, of which the second worker takes the one for the other."""

    def __getattribute__(self, name: str) -> Any:
        other = {"left": "right", "right": "left"}.get(name, name)
        return super().__getattribute__(other if me() == 1 else name)
