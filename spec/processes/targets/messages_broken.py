"""Ways to break the queues, pipes and processes that the claims about communication use in children."""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing.connection import Connection
from multiprocessing.queues import Queue
from typing import TYPE_CHECKING, Any, NoReturn

from spec.processes.targets import messages

if TYPE_CHECKING:
    from spec.support.sabotage import Patch


def swap_what_is_taken(patch: Patch) -> None:
    """Hand out every second value before the first."""
    get, held = Queue.get, []

    def swapping(queue: Any) -> Any:
        if held:
            return held.pop()
        held.append(get(queue))
        return get(queue)

    patch.setattr(Queue, "get", swapping)


def put_text_instead(patch: Patch) -> None:
    """Put what a value looks like instead of the value."""
    put = Queue.put
    patch.setattr(Queue, "put", lambda queue, value: put(queue, repr(value)))


def put_nothing(patch: Patch) -> None:
    """Keep what is put in the process that puts it."""
    patch.setattr(Queue, "put", lambda *_: None)


def send_text_instead(patch: Patch) -> None:
    """Send what a value looks like instead of the value."""
    send = Connection.send
    patch.setattr(Connection, "send", lambda connection, value: send(connection, repr(value)))


def take_none_at_once(patch: Patch) -> None:
    """Hand out None where a queue is empty."""
    patch.setattr(Queue, "get", lambda *_: None)


def leave_before_the_last(patch: Patch) -> None:
    """End the writer, as if in order, when it is to put C."""
    put = Queue.put
    patch.setattr(Queue, "put", lambda queue, value: os._exit(0) if value == "C" else put(queue, value))


def leave_without_flushing(patch: Patch) -> None:
    """Let the writer end while what it put is not on its way."""
    put = Queue.put

    def put_and_forget(queue: Any, value: Any) -> None:
        queue.cancel_join_thread()
        put(queue, value)

    patch.setattr(Queue, "put", put_and_forget)


def leave_when_all_is_taken(patch: Patch) -> None:
    """End the reader when it asks for a fourth value."""
    get, taken = Queue.get, []

    def get_three(queue: Any) -> Any:
        if len(taken) == 3:
            sys.exit()
        taken.append(get(queue))
        return taken[-1]

    patch.setattr(Queue, "get", get_three)


def leave_on_request(patch: Patch) -> None:
    """Exit in order on SIGTERM."""
    note = messages.note

    def leave(*_: object) -> NoReturn:
        sys.exit()

    def note_politely(*noted: Any) -> None:
        signal.signal(signal.SIGTERM, leave)
        note(*noted)

    patch.setattr(messages, "note", note_politely)


def forget_children(patch: Patch) -> None:
    """Let the kernel reap every child of this process at once."""
    patch.setattr(messages, "kernel_state", lambda _: "X")


def ignore_no_signal(patch: Patch) -> None:
    """Leave every signal its effect."""
    patch.setattr(messages, "ignore_termination", lambda: None)


def lock_at_the_mark(patch: Patch) -> None:
    """Lock the queue against other readers when None comes."""
    get = Queue.get

    def get_and_lock(queue: Any) -> Any:
        value = get(queue)
        if value is None:
            queue._rlock.acquire()  # noqa: SLF001 - nothing public locks a queue
        return value

    patch.setattr(Queue, "get", get_and_lock)
