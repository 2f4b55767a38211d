"""One time limit for several waits in a row."""

from __future__ import annotations

import time


class Deadline:
    """A moment that comes in `seconds`, or never if that is None."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self._moment = None if seconds is None else time.monotonic() + seconds

    def remaining(self) -> float | None:
        """Return the seconds left, never less than zero, or None without a limit."""
        return None if self._moment is None else max(0.0, self._moment - time.monotonic())

    def at_most(self, seconds: float) -> float:
        """Return `seconds`, or what remains if that is less."""
        remaining = self.remaining()
        return seconds if remaining is None else min(seconds, remaining)

    def passed(self) -> bool:
        """Tell whether the moment has come."""
        return self.remaining() == 0.0
