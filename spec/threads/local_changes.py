"""Changes that several threads make to one thing, with every thread between its reading and its writing at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier
from typing import Any

from spec.support.deadlines import deadline
from spec.threads.together import together

Step = Callable[[], object]


def do_nothing() -> None:
    """Let nothing happen between reading and writing."""


class Counter:
    """A plain object with a number, to be shared or not."""

    def __init__(self) -> None:
        self.number = 0


def add_one(counter: Any, between: Step = do_nothing) -> None:
    """Read a number, let something happen, and write the next one."""
    seen = counter.number
    between()
    counter.number = seen + 1


def count_twice(place: Any) -> None:
    """Write a number, add to it, and find the sum there.

    It is explored, and stands here since pytest makes of an assertion in a test far more steps than one.
    """
    place.number = 0
    place.number = place.number + 1
    assert place.number == 1


def meeting_of(threads: int) -> Step:
    """Make a step that each of so many threads takes only when all of them take it."""
    return Barrier(threads, timeout=deadline()).wait


def all_at_once(*changes: Callable[[], Any]) -> list[Any]:
    """Make each change in a thread of its own; return what came of each."""
    with together(*changes) as running:
        return [each.value() for each in running]
