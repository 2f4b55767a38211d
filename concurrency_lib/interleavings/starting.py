"""Threads that a worker starts: refused, since nobody would choose when they take their steps.

`threading.Thread.start` is known by its code. `_thread.start_new_thread` has none, so for as long as an
exploration lasts another function stands in its place, which refuses workers and serves everyone else.
A name that was imported earlier (`from _thread import start_new_thread`) is beyond its reach.
"""

from __future__ import annotations

import _thread
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from concurrency_lib.interleavings.explored import explored, place_of
from concurrency_lib.interleavings.results import Uncontrolled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from concurrency_lib.interleavings.explored import Explored

STARTERS = {threading.Thread.start.__code__}
NAMES = ("start_new_thread", "start_new", "start_joinable_thread")


@contextmanager
def no_new_threads() -> Iterator[None]:
    """Refuse workers the functions of `_thread` while the context lasts."""
    real = {name: getattr(_thread, name) for name in NAMES if hasattr(_thread, name)}
    for name, function in real.items():
        setattr(_thread, name, refusing(function))
    try:
        yield
    finally:
        for name, function in real.items():
            setattr(_thread, name, function)


def refusing(function: Any) -> Any:
    """Return what stands in for a function that starts threads."""

    def start(*args: Any, **options: Any) -> Any:
        worker = explored()
        if worker is not None:
            refuse_thread(worker, sys._getframe(1))  # noqa: SLF001 - there is no other way to a caller's frame
        return function(*args, **options)

    return start


def refuse_thread(worker: Explored, caller: FrameType) -> NoReturn:
    """End the run of a worker that starts a thread."""
    worker.run.stop(
        Uncontrolled(
            f"worker {worker.index} starts a thread at {place_of(caller)}; hand each thread in as a worker instead"
        )
    )
