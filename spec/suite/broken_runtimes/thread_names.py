"""Runtimes that break one promise each about which thread is which, and how threads are called."""

from __future__ import annotations

import _thread
import os
import threading
from typing import TYPE_CHECKING, Any

from spec.suite.broken_runtimes.breakages import noticed_by, replace
from spec.suite.broken_runtimes.threads import Thread, asked

if TYPE_CHECKING:
    from collections.abc import Callable


@noticed_by(
    "thread-current-thread-always",
    "thread-loop-comment",
    "thread-sample7-output",
    "thread-main-can-start",
    "thread-start-with-function",
    "thread-child-name-at-creation",
)
def current_thread_is_the_main_one() -> None:
    """Every thread that asks for the current thread gets the main one."""
    replace(threading, "current_thread", lambda honest: lambda: threading.main_thread() if asked() else honest())


@noticed_by(
    "thread-real-posix",
    "thread-two-modules",
    "thread-start-with-function",
    "thread-loop-comment",
    "thread-current-thread-always",
    "thread-name-display-only",
)
def all_threads_have_one_identifier() -> None:
    """Every thread that asks for its identifier gets the main thread's."""
    honest = _thread.get_ident
    main = honest()

    def get_ident() -> int:
        return main if asked() else honest()

    _thread.get_ident = threading.get_ident = get_ident


@noticed_by(
    "thread-child-name-at-creation",
    "thread-name-display-only",
    "thread-loop-comment",
    "thread-sample7-output",
    "thread-start-with-function",
    "thread-current-thread-always",
)
def names_of_threads_are_ignored() -> None:
    """A thread is called by a number and its function, whatever name it is made with."""

    def init(honest: Callable[..., None]) -> Callable[..., None]:
        def make(
            self: Any, group: None = None, target: Any = None, name: str | None = None, *args: Any, **kw: Any
        ) -> None:
            honest(self, group, target, None if asked() else name, *args, **kw)

        return make

    replace(Thread, "__init__", init)


@noticed_by("thread-child-name-at-creation", "thread-main-name")
def names_of_threads_never_change() -> None:
    """A thread that is given another name keeps the one that it has."""

    def name(honest: property) -> property:
        return honest.setter(lambda self, value: None if asked() else honest.fset(self, value))

    replace(Thread, "name", name)


@noticed_by("thread-default-names")
def default_names_are_numbers_alone() -> None:
    """A thread that nobody named is called by its number, without its function."""

    def init(honest: Callable[..., None]) -> Callable[..., None]:
        def make(self: Any, *args: Any, **kw: Any) -> None:
            honest(self, *args, **kw)
            if asked() and len(args) < 3 and kw.get("name") is None:
                self.name = self.name.partition(" (")[0]

        return make

    replace(Thread, "__init__", init)


@noticed_by("thread-main-name")
def forked_threads_are_called_main() -> None:
    """The thread that goes on in a forked child is called MainThread, whatever its name was."""
    os.register_at_fork(after_in_child=lambda: setattr(threading.main_thread(), "name", "MainThread"))
