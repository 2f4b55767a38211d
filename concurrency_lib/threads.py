"""Thread and join: functions run together, each in a thread of its own, and the caller gets what came of them.

None begins before all the threads exist, none outlives the call, and every exception is heard.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["run_together"]

Value = TypeVar("Value")


def do_nothing() -> None:
    """Do nothing."""


def run_together(
    *functions: Callable[[], Value],
    names: Sequence[str] | None = None,
    stop: Callable[[], object] = do_nothing,
) -> list[Value]:
    """Run each function in a thread of its own, wait for the end of all, and return their values in order.

    The threads have the `names`, or else those of their functions. `stop`, such as `Barrier.abort` or
    `Event.set`, tells functions that wait for something to give up: it is called whenever a function has
    raised, in its thread, and once when the caller is interrupted or a thread cannot be started.

    Raises, always after the end of every thread:

    - an ExceptionGroup of all that the functions and `stop` raised in their threads, in the functions'
      order, each with a note of its thread's name (a BaseExceptionGroup if SystemExit or the like is
      among them);
    - what interrupted the caller, such as KeyboardInterrupt, with that group, if any, as its cause;
    - what `Thread.start` raised; none of the functions has been called then.
    """
    ready = Signal()
    wanted = [name_of(function) for function in functions] if names is None else names
    members = [Member(function, name, ready, stop) for function, name in zip(functions, wanted, strict=True)]
    try:
        for member in members:
            start(member.thread)
        ready.give(go=True)
        await_ends(members)
    except BaseException as error:  # noqa: BLE001 - whatever interrupts the caller must wait until all have ended
        raise end_early(error, members, ready, [stop]) from gather(members)
    if (failures := gather(members)) is not None:
        raise failures
    return [member.value for member in members]


def start(thread: threading.Thread) -> None:
    """Start a thread."""
    thread.start()


def name_of(function: Callable[..., object]) -> str:
    """Return the function's name, or the description of a callable that has none."""
    return getattr(function, "__name__", None) or repr(function)


class Signal:
    """What threads wait for before they do anything: the word to go on, or not to."""

    def __init__(self) -> None:
        self._given = threading.Event()
        self._go = False

    def give(self, *, go: bool) -> None:
        """Let everybody who waits, or will wait, know; the first word counts."""
        if not self._given.is_set():
            self._go = go
        self._given.set()  # again, if it was interrupted the first time

    def wait(self) -> bool:
        """Wait for the word, and return whether it is to go on."""
        self._given.wait()
        return self._go


class Member(Generic[Value]):
    """A function in a thread of its own, and what came of it."""

    value: Value  # once the function has returned

    def __init__(self, function: Callable[[], Value], name: str, ready: Signal, stop: Callable[[], object]) -> None:
        self.thread = threading.Thread(target=self._run, name=name)
        self.errors: list[BaseException] = []
        self._function, self._ready, self._stop = function, ready, stop
        # An interrupted join may take a thread for ended that is not (CPython 3.11), so that is waited for first.
        self._over = threading.Event()

    def wait(self) -> None:
        """Wait for the end of the thread, if it was started."""
        if self.thread.ident is not None:
            self._over.wait()
            self.thread.join()

    def _run(self) -> None:
        if self._ready.wait():
            self._heed(self._keep_value)
            if self.errors:
                self._heed(self._stop)
        self._over.set()

    def _keep_value(self) -> None:
        self.value = self._function()

    def _heed(self, call: Callable[[], object]) -> None:
        try:
            call()
        except BaseException as error:  # noqa: BLE001 - all of it is the caller's to hear
            error.add_note(f"in thread {self.thread.name}")
            self.errors.append(error)


def await_ends(members: Iterable[Member[Value]]) -> None:
    """Wait for the end of all."""
    for member in members:
        member.wait()


def end_early(
    interruption: BaseException,
    members: Iterable[Member[Value]],
    ready: Signal,
    stops: list[Callable[[], object]],
) -> BaseException:
    """Call each `stop` once, and wait for the end of all; return the interruption, or the last that came meanwhile."""
    try:
        ready.give(go=False)
        while stops:
            stops.pop()()
        await_ends(members)
    except BaseException as another:  # noqa: BLE001 - it is returned
        return end_early(another, members, ready, stops)
    return interruption


def gather(members: Iterable[Member[Value]]) -> BaseExceptionGroup[BaseException] | None:
    """Return all that the members raised as one exception, or None where none raised."""
    errors = [error for member in members for error in member.errors]
    return BaseExceptionGroup("functions that ran together raised", errors) if errors else None
