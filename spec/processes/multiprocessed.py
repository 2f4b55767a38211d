"""What claims about processes and pools share: who was started, who waited, what was refused."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from spec.support.capabilities import refusal_of
from spec.support.claims import Condition
from spec.support.deadlines import a_while, ends, put_away
from spec.support.evidence import Lane, Span

can_start_processes = Condition(
    "multiprocessing can start a process",
    lambda: refusal_of("import multiprocessing\np = multiprocessing.Process()\np.start()\np.join()"),
)


class CountingContext:
    """A multiprocessing context that keeps what it makes of processes."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self.made: list[Any] = []
        self.Process = KeepingWhatItMakes(context.Process, self.made)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)


class KeepingWhatItMakes:
    """A class of processes, to all appearances."""

    def __init__(self, its_class: Any, made: list[Any]) -> None:
        self._class, self._made = its_class, made

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Make a process."""
        process = self._class(*args, **options)
        self._made.append(process)
        return process

    def __getattr__(self, name: str) -> Any:
        return getattr(self._class, name)


@contextmanager
def offspring() -> Iterator[Callable[[], set[Any]]]:
    """Yield a function that finds the processes started since and not joined; leave none of them."""
    before = set(multiprocessing.active_children())

    def since() -> set[Any]:
        return set(multiprocessing.active_children()) - before

    try:
        yield since
    finally:
        for process in since():
            put_away(process)


def went_on_only_when(let_go: Callable[[], object], waiting: Callable[[], object]) -> tuple[bool, list[float]]:
    """Call `waiting` in a thread, and after a while `let_go`; return whether it waited, and three moments.

    These are when the call began, was let go, and returned, in milliseconds. The requirement has ruled out
    all that could end the call earlier.
    """
    moments = [time.monotonic()]
    waiter = Thread(target=waiting, daemon=True)
    waiter.start()
    waiter.join(a_while())
    waited = waiter.is_alive()
    moments.append(time.monotonic())
    let_go()
    ends(waiter)
    return waited, [1000 * (moment - moments[0]) for moment in (*moments, time.monotonic())]


def lanes_of_a_wait(held: str, waiting: str, moments: list[float]) -> list[Lane]:
    """Draw what was held, and who waited for it."""
    begin, go, end = moments
    return [
        Lane(held, [Span("held", begin, go), Span("ends", go, end)]),
        Lane(waiting, [Span("waits", begin, end)]),
    ]


def ends_in_a_while(process: Any) -> bool:
    """Watch for the end of a process that the requirement has ruled out."""
    process.join(a_while())
    return not process.is_alive()


def exists(pid: int) -> bool:
    """Tell whether there is a process of this id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
