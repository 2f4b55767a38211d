"""Threads that nobody named, and threads that Python did not start, looked at in the clean room."""

from __future__ import annotations

import _thread
import sys
import threading
from _thread import get_ident
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from spec.support.deadlines import deadline, overdue

if TYPE_CHECKING:
    from collections.abc import Callable

    from spec.support.sabotage import Patch


class Worker(threading.Thread):
    """A thread with work of its own instead of a function to run."""

    def run(self) -> None:
        """Do nothing."""


def work() -> None:
    """Do nothing."""


MAKERS: dict[str, Callable[[], threading.Thread]] = {
    "function": lambda: threading.Thread(target=work),
    "subclass": Worker,
    "partial": lambda: threading.Thread(target=partial(work)),
}


def names_of_unnamed(kinds: list[str]) -> list[str]:
    """Make a thread of each kind without a name; return what it is called."""
    return [MAKERS[kind]().name for kind in kinds]


class Foreign(NamedTuple):
    """What `current_thread` gives in a thread that `threading` did not start."""

    name: str
    kind: str
    has_own_ident: bool
    is_same_again: bool


current_thread = threading.current_thread


def look_from_a_foreign_thread() -> Foreign:
    """Ask for the current thread in a thread of `_thread`."""
    looks: list[Foreign] = []
    done = _thread.allocate_lock()
    done.acquire()

    def look() -> None:
        own = current_thread()
        looks.append(Foreign(own.name, type(own).__name__, own.ident == get_ident(), current_thread() is own))
        done.release()

    _thread.start_new_thread(look, ())
    if not done.acquire(timeout=deadline()):
        raise overdue("a look from the thread")
    return looks[0]


def numbers_alone(patch: Patch) -> None:
    """Have a thread without a name called by its number alone."""
    patch.setattr(sys.modules[__name__], "MAKERS", dict.fromkeys(MAKERS, Worker))


def counting_for_each_kind(patch: Patch) -> None:
    """Have each kind of threads counted for itself."""
    numbers = dict.fromkeys(MAKERS, 0)

    def make(kind: str) -> threading.Thread:
        numbers[kind] += 1
        return threading.Thread(name=f"Thread-{numbers[kind]}")

    patch.setattr(sys.modules[__name__], "MAKERS", {kind: partial(make, kind) for kind in MAKERS})


def every_thread_the_main_one(patch: Patch) -> None:
    """Have every thread that asks get the main one."""
    patch.setattr(sys.modules[__name__], "current_thread", threading.main_thread)
