"""Callables that run in threads of their own for the length of a block, and are gone when it ends.

None begins before all of the threads exist. A thread that does not end by the deadline is named in `Overdue`; an
exception that nobody asked for is raised at the end of the block, unless that ends in one of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from spec.support.deadlines import deadline, overdue


class Running:
    """A callable in a thread of its own: what came of it, and whether it still runs."""

    def __init__(self, function: Callable[[], Any], name: str | None, all_exist: Event) -> None:
        self.thread = Thread(target=self._run, args=(function, all_exist), name=name, daemon=True)
        self.heard = False  # whether anybody asked for the exception
        self._value: Any = None
        self._error: BaseException | None = None

    @property
    def name(self) -> str:
        """The thread's name."""
        return self.thread.name

    @property
    def ident(self) -> int:
        """The thread's identifier, which another may have once this thread has ended."""
        assert self.thread.ident is not None
        return self.thread.ident

    def is_alive(self) -> bool:
        """Tell whether the callable still runs."""
        return self.thread.is_alive()

    def value(self) -> Any:
        """Wait for the end by the deadline; return the callable's value, or raise its exception."""
        if (error := self.exception()) is not None:
            raise error
        return self._value

    def exception(self) -> BaseException | None:
        """Wait for the end by the deadline; return the callable's exception, or None."""
        self.end()
        self.heard = True
        return self._error

    def end(self) -> None:
        """Wait for the end; raise `Overdue`, naming the thread, if the deadline passes."""
        self.thread.join(deadline())
        if self.thread.is_alive():
            raise overdue(f"the end of {self.name}")

    def unheard(self) -> BaseException | None:
        """Return the exception that nobody asked for, if any."""
        return None if self.heard else self._error

    def _run(self, function: Callable[[], Any], all_exist: Event) -> None:
        try:
            await_start(all_exist)
            self._value = function()
        except BaseException as error:  # noqa: BLE001 - for whoever asks
            self._error = error


@contextmanager
def together(
    *functions: Callable[[], Any],
    names: Sequence[str] | None = None,
    at_end: Callable[[], object] = lambda: None,
) -> Iterator[list[Running]]:
    """Run each callable in a thread of its own; yield one `Running` each, in their order.

    However the block ends, `at_end` is called, such as `gate.set` for threads that wait at a gate; then all ends are
    awaited. `names` are the threads' names.
    """
    all_exist = Event()
    running = [
        Running(function, name, all_exist)
        for function, name in zip(functions, names or [None] * len(functions), strict=True)
    ]
    try:
        for each in running:
            each.thread.start()
        all_exist.set()
        yield running
    finally:
        at_end()
        await_all([each for each in running if each.thread.ident])
    for each in running:
        if (error := each.unheard()) is not None:
            raise error


def await_start(all_exist: Event) -> None:
    """Wait until every thread exists."""
    if not all_exist.wait(deadline()):
        raise overdue("the start of every thread")


def await_all(running: Sequence[Running]) -> None:
    """Wait for the end of all; raise `Overdue`, naming every thread that still runs, if the deadline passes."""
    for each in running:
        each.thread.join(deadline())
    if late := [each.name for each in running if each.is_alive()]:
        raise overdue(f"the end of {', '.join(late)}")
