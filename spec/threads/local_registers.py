"""Ways to keep one object for each thread where any function finds it, and how long what is kept there lives."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import Any
from weakref import ref

from spec.threads.local_lockstep import Told


class Thing:
    """Something to be kept for a thread; whoever has a reference to it can be told that it is gone."""


class ByThread:
    """A dictionary whose keys are threads."""

    def __init__(self) -> None:
        self.entries: dict[Any, Any] = {}

    def put(self, thing: Any) -> None:
        """Keep a thing for the thread that calls."""
        self.entries[threading.current_thread()] = thing

    def find(self) -> Any:
        """Return the thing of the thread that calls."""
        return self.entries[threading.current_thread()]

    def delete(self) -> None:
        """Keep nothing for the thread that calls."""
        del self.entries[threading.current_thread()]


class UnderOneKey(ByThread):
    """A dictionary whose only key is a constant."""

    def put(self, thing: Any) -> None:
        """Keep a thing for everybody."""
        self.entries["the thread"] = thing

    def find(self) -> Any:
        """Return what was kept last."""
        return self.entries["the thread"]


class InALocal:
    """A thread-local with one attribute."""

    def __init__(self, kind: Callable[[], Any]) -> None:
        self.local = kind()

    def put(self, thing: Any) -> None:
        """Keep a thing for the thread that calls."""
        self.local.thing = thing

    def find(self) -> Any:
        """Return the thing of the thread that calls."""
        return self.local.thing


def put_new(register: Any) -> ref[Thing]:
    """Make a thing, keep it for this thread, and return a reference that does not keep it alive."""
    thing = Thing()
    register.put(thing)
    return ref(thing)


def alive_after(threads: list[Told], things: list[ref[Thing]]) -> int:
    """Let the threads end; return how many of the things are still there."""
    for thread in threads:
        thread.end()
    gc.collect()  # where references are not counted, nothing is gone before this
    gc.collect()
    return sum(thing() is not None for thing in things)
