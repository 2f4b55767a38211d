"""Threads that are emulated: to all appearances the same, but their functions run in whatever thread asks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from spec.threads.together import Running, together


class Emulated:
    """A function that runs when its value is asked for, in the thread that asks."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self.value = function

    @property
    def thread(self) -> threading.Thread:
        """The thread in which the function runs."""
        return threading.current_thread()

    @property
    def ident(self) -> int | None:
        """That thread's identifier."""
        return self.thread.ident


@contextmanager
def emulated(
    *functions: Callable[[], Any],
    names: Sequence[str] | None = None,  # noqa: ARG001 - as `together` has it
    at_end: Callable[[], object] = lambda: None,
) -> Iterator[list[Emulated]]:
    """Do what `together` does, without a thread."""
    try:
        yield [Emulated(function) for function in functions]
    finally:
        at_end()


@contextmanager
def swapped(*functions: Callable[[], Any], at_end: Callable[[], object]) -> Iterator[list[Running]]:
    """Do what `together` does, but take each thread for another."""
    with together(*functions, at_end=at_end) as running:
        yield running[::-1]
