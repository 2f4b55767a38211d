"""Threads that do one thing at a time, when told: whoever tells them decides who acts when."""

from __future__ import annotations

import linecache
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from spec.support.deadlines import deadline, overdue
from spec.support.evidence import Evidence, Step
from spec.threads.together import Running, together


class Act(NamedTuple):
    """What a thread did when, and where it was told to."""

    at: float
    file: str
    line: int
    came_to: object


class Told:
    """A thread that does what it is told, and whose every act is over before the next one of any thread begins."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.acts: list[Act] = []
        self.running: Running | None = None
        self._orders: SimpleQueue[Any] = SimpleQueue()
        self._answers: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()

    def do(self, act: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Have the thread call a function; return what it returns, or raise what it raises."""
        caller = sys._getframe(1)  # noqa: SLF001 - the documented way
        where = caller.f_code.co_filename, caller.f_lineno
        self._orders.put((act, args, options))
        try:
            value, error = self._answers.get(timeout=deadline())
        except Empty:
            raise overdue(f"{self.name} to be done with {act}") from None
        self.acts.append(Act(time.monotonic(), *where, value if error is None else error))
        if error is not None:
            raise error
        return value

    def end(self) -> None:
        """Let the thread end, and wait for that."""
        self.let_end()
        assert self.running is not None
        self.running.end()

    def let_end(self) -> None:
        """Let the thread end when it is done."""
        self._orders.put(None)

    def obey(self) -> None:
        """Do what is told, until the end."""
        while (order := self._orders.get()) is not None:
            self._answers.put(outcome_of(order))
            del order  # or the thread holds on to it until it is told something else


def outcome_of(order: Any) -> tuple[Any, BaseException | None]:
    """Do what is ordered; return the value and the error."""
    act, args, options = order
    try:
        return act(*args, **options), None
    except BaseException as error:  # noqa: BLE001 - for whoever ordered it
        return None, error


@contextmanager
def in_lockstep(*names: str) -> Iterator[list[Told]]:
    """Yield a thread for each name; all have ended by the end of the block."""
    told = [Told(name) for name in names]

    def let_all_end() -> None:
        for thread in told:
            thread.let_end()

    with together(*(thread.obey for thread in told), names=names, at_end=let_all_end) as running:
        for thread, its_running in zip(told, running, strict=True):
            thread.running = its_running
        yield told


def show_acts(evidence: Evidence, title: str, *threads: Told) -> None:
    """Show which thread did what, in their order, and what that came to."""
    acts = sorted((act, thread.name) for thread in threads for act in thread.acts)
    evidence.interleaving(title, [step_of(act, name) for act, name in acts])


def step_of(act: Act, thread: str) -> Step:
    """Make of an act a step to be shown."""
    source = linecache.getline(act.file, act.line).strip()
    came_to = act.came_to
    shown = f"raises {type(came_to).__name__}" if isinstance(came_to, BaseException) else f"gives {came_to!r:.60}"
    return Step(thread, f"{Path(act.file).name}:{act.line}", source, "" if came_to is None else shown)


def each(threads: Sequence[Told], act: Callable[..., Any], *args: Any) -> list[Any]:
    """Have every thread in turn do the same; return what it came to in each."""
    return [thread.do(act, *args) for thread in threads]
