"""A message loop of the library that is run in this thread, and does not outlast the deadline."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from concurrency_lib.message_loop import MessageLoop
from spec.support.deadlines import deadline, overdue
from spec.threads.together import together


def run(loop: MessageLoop) -> None:
    """Run a loop to its end; raise `Overdue` if it must be stopped because the deadline has passed."""
    with in_time(loop):
        loop.run()


def handled_by_name(messages: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Run messages, each a name and its content, through a loop with a handler for each name; return what these had."""
    handled: list[tuple[Any, ...]] = []
    with MessageLoop() as loop:
        for name in {name for name, *_ in messages}:
            loop.on(name, lambda *content, name=name: handled.append((name, *content)))
        for message in messages:
            loop.post(*message)
        loop.stop()
        run(loop)
    return handled


@contextmanager
def in_time(loop: MessageLoop) -> Iterator[None]:
    """Stop a loop that runs in the block when the deadline passes, and raise `Overdue` then."""
    too_late = threading.Event()

    def give_up() -> None:
        too_late.set()
        loop.stop()

    watch = threading.Timer(deadline(), give_up)
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        watch.join()
    if too_late.is_set():
        raise overdue("the end of a message loop")


def elsewhere(function: Callable[..., Any], *args: Any) -> Any:
    """Call a function in another thread, and return what it returns."""
    with together(partial(function, *args)) as [running]:
        return running.value()
