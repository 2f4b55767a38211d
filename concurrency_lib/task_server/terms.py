"""What passes over a task server's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Client:
    """Who is at the other end of a connection."""

    def __init__(self, number: int, name: str = "client", role: str = "client") -> None:
        self.number, self.name, self.role = number, name, role


class Terms(NamedTuple):
    """What a client is told as it joins: how many seconds a lease lasts, how many tasks a master may have here."""

    lease: float
    capacity: int


class Reply(NamedTuple):
    """What a worker gets: tasks, which of its results came too late, and whether it is to end."""

    leased: list[tuple[int, bytes]]
    refused: list[int]
    closing: bool


def numbered(tasks: Sequence[int]) -> str:
    """Write the numbers of tasks, the first few of many."""
    few = ", ".join(map(str, tasks[:5]))
    return f"task {few}" + (f" and {len(tasks) - 5} more" if len(tasks) > 5 else "")  # noqa: PLR2004 - that is few
