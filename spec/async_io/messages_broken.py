"""Queues, handlers and ends of the library's message loop that are broken, each in one way."""

# ruff: noqa: SLF001 - what is broken is inside
from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress
from typing import Any

from concurrency_lib._message_handlers import Handlers
from concurrency_lib.message_loop import MessageLoop

_handle, _post = Handlers.handle, MessageLoop.post
_init, _run, _stop = MessageLoop.__init__, MessageLoop.run, MessageLoop.stop


class Stack(deque[Any]):
    """A queue that gives out what came last."""

    def popleft(self) -> Any:
        """Return the newest."""
        return self.pop()


def handle_at_once(loop: MessageLoop, name: str, *content: object) -> None:
    """Handle a message where it is posted."""
    loop._handlers.handle(name, content)


def post_unheard(loop: MessageLoop, name: str, *content: object) -> None:
    """Put a message into the queue, and wake nobody."""
    loop._messages.append((name, content))


def run_or_do_nothing(loop: MessageLoop) -> None:
    """Run, or let it be if that is refused."""
    with suppress(RuntimeError):
        _run(loop)


def handle_in_a_thread(handlers: Handlers, name: str, content: Any) -> None:
    """Handle a message in a thread of its own."""
    thread = threading.Thread(target=_handle, args=(handlers, name, content))
    thread.start()
    thread.join()


def take_the_newest(loop: MessageLoop) -> Any:
    """Take the message that was posted last."""
    return loop._messages.pop() if loop._messages else None


def stop_and_forget(loop: MessageLoop) -> None:
    """Stop, and drop every message."""
    loop._messages.clear()
    _stop(loop)


def deaf_to_failures(loop: MessageLoop, *, failed: object, **options: Any) -> None:  # noqa: ARG001
    """Make a loop that forgets whom to tell of failures."""
    _init(loop, **options)


def post_first_from_elsewhere(loop: MessageLoop, name: str, *content: object) -> None:
    """Put what another thread posts before everything else."""
    _post(loop, name, *content)
    if threading.get_ident() != loop._thread:
        loop._messages.rotate()


class Impatient(MessageLoop):
    """Handles what another thread posts in that thread, while it runs."""

    def post(self, name: str, *content: object) -> None:
        """Handle it, or put it into the queue where there was nothing yet."""
        if self._state == "running" and self._busy:
            self._handlers.handle(name, content)
        else:
            self._busy = True
            super().post(name, *content)

    _busy = False


def take_the_smallest(loop: MessageLoop) -> Any:
    """Take the message whose content is the smallest."""
    if not loop._messages:
        return None
    smallest = min(loop._messages)
    loop._messages.remove(smallest)
    return smallest


def handle_and_time_what_succeeds(handlers: Handlers, name: str, content: Any) -> None:
    """Handle a message; report a slow handler only if it did not raise."""
    failures = len(handlers._failures)
    slow, handlers._slow = handlers._slow, lambda *_: None
    began = handlers._clock()
    try:
        _handle(handlers, name, content)
    finally:
        handlers._slow = slow
    took = handlers._clock() - began
    if len(handlers._failures) == failures and took > handlers._slow_after:
        slow(name, took)


def handle_whatever_the_report_does(handlers: Handlers, name: str, content: Any) -> None:
    """Handle a message; go on if the report of a slow handler raises."""
    with suppress(TimeoutError):
        _handle(handlers, name, content)


def stop_and_run(loop: MessageLoop) -> None:
    """Stop, and handle everything that was posted."""
    _stop(loop)
    run_or_do_nothing(loop)
