"""A place that notes its assignments, names that may have no value yet, and generators that assign at another time."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

Notes = list[str]


class Shelf:
    """Something whose place can be assigned to, and which notes that."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def __setitem__(self, place: str, what: object) -> None:
        self._notes.append(f"left side: {place} gets {what}")


def noted(notes: Notes, what: str) -> str:
    """Note something, and return it."""
    notes.append(what)
    return what


def bound(read: Callable[[], Any]) -> Any:
    """Return the value of a name, or tell that it has none."""
    try:
        return read()
    except NameError:
        return "unbound"


def bound_before() -> Generator[Any, Any, None]:
    """Bind the name before anything is sent."""
    number = None
    number = yield "waiting"
    yield number


def bound_early(found: list[Any]) -> Generator[Any, Any, None]:
    """Bind the name in a statement before."""
    number = 0
    number = yield found.append(bound(lambda: number))
    found.append(number)


def assigning_late(shelf: Shelf, notes: Notes) -> Generator[Any, Any, None]:
    """Assign only when the next statement is done."""
    number = yield noted(notes, "right side")
    notes.append("next statement")
    shelf["number"] = number
    yield


def assigning_anyway(shelf: Shelf, notes: Notes) -> Generator[Any, Any, None]:
    """Assign something, whatever becomes of the wait."""
    number = None
    try:
        number = yield noted(notes, "right side")
    finally:
        shelf["number"] = number
