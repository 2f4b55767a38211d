"""Locks that are free, and note how the library takes them."""

from __future__ import annotations

import math
import time


class NotingLock:
    """A lock that notes its address when it is taken."""

    def __init__(self, taken: list[int]) -> None:
        self._taken, self.free = taken, True

    def acquire(self, *, timeout: float) -> bool:  # noqa: ARG002 - it is free
        """Take it."""
        assert self.free
        self.free = False
        self._taken.append(id(self))
        return True

    def release(self) -> None:
        """Let it go."""
        self.free = True


class SlowLock:
    """A lock that takes its time, and notes for how long it may be waited for."""

    TAKES = 0.001  # seconds
    allowed = math.inf

    def acquire(self, *, timeout: float) -> bool:
        """Take it, after a while."""
        self.allowed = timeout
        time.sleep(self.TAKES)
        return True

    def release(self) -> None:
        """Let it go."""
