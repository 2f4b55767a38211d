"""What PerThread handles: resources that fail to be made or closed, and what was closed so far."""

from __future__ import annotations

from typing import Any

from concurrency_lib.thread_local import PerThread
from spec.threads.local_lockstep import in_lockstep


class Failing:
    """Makes numbered resources, and notes what is closed; some attempts fail."""

    def __init__(self, *, making: tuple[int, ...] = (), closing: tuple[int, ...] = ()) -> None:
        self.attempts = 0
        self.closed: list[int] = []
        self._failing = {"make": making, "close": closing}

    def make(self) -> int:
        """Make the next resource."""
        self.attempts += 1
        self._fail("make", self.attempts)
        return self.attempts

    def close(self, number: int) -> None:
        """Close a resource, and note it."""
        self.closed.append(number)
        self._fail("close", number)

    def _fail(self, what: str, number: int) -> None:
        if number in self._failing[what]:
            raise OSError(f"cannot {what} {number}")


def failures_of(owner: Any) -> list[str]:
    """Close an owner of resources; return the texts of the errors that it tells of."""
    try:
        owner.close()
    except ExceptionGroup as group:
        return sorted(map(str, group.exceptions))
    return []


class ClosedMeanwhile:
    """An owner of resources that another thread closes while one is made."""

    def __init__(self) -> None:
        self.closed: list[str] = []
        self.things = PerThread(self.make, self.closed.append)

    def make(self) -> str:
        """Let the owner be closed, and then make a resource."""
        with in_lockstep("closing") as (other,):
            other.do(self.things.close)
        return "made too late"


def refusal_of(owner: Any) -> str:
    """Ask for a resource; return what is given, or the text of the refusal."""
    try:
        return str(owner.get())
    except ValueError as error:
        return str(error)
