"""Deeds done to a thread-local, the same done to a dictionary, and subclasses that are initialised."""

from __future__ import annotations

import threading
from typing import Any

NOTHING = "nothing"


def act_on(here: Any, deed: str, name: str, value: int) -> Any:
    """Do one deed to a thread-local; return what it came to."""
    if deed == "bind":
        setattr(here, name, value)
    elif deed == "look":
        return getattr(here, name, NOTHING)
    elif deed == "delete":
        try:
            delattr(here, name)
        except AttributeError:
            return NOTHING
    return dict(here.__dict__)


def act_on_model(here: dict[str, Any], deed: str, name: str, value: int) -> Any:
    """Do the same to a dictionary."""
    if deed == "bind":
        here[name] = value
    elif deed == "look":
        return here.get(name, NOTHING)
    elif deed == "delete":
        return NOTHING if here.pop(name, NOTHING) is NOTHING else dict(here)
    return dict(here)


def class_that_notes(base: Any, notes: list[Any]) -> Any:
    """Make a class of thread-locals that notes who initialises them, and with what."""

    class Noted(base):  # type: ignore[misc]
        def __init__(self, start: int, *, step: int) -> None:
            notes.append((threading.get_ident(), start, step))
            self.number = start

    return Noted


def class_that_begins(base: Any) -> Any:
    """Make a class of thread-locals that have one attribute from the beginning."""

    class Begun(base):  # type: ignore[misc]
        def __init__(self) -> None:
            self.a = 0

    return Begun
