"""What the claims about communication run in child processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from queue import Empty
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Note(NamedTuple):
    """What a process did, and when on the monotonic clock."""

    who: str
    pid: int
    at: float
    did: str


def note(pen: Any, who: str, did: str) -> None:
    """Note what this process does; notes are short enough for the kernel to keep each of them whole."""
    pen.send(Note(who, os.getpid(), time.monotonic(), did))


def kernel_state(process: object) -> str:
    """Return the kernel's letter for what a process is at: S for asleep, Z for a zombie, X for gone."""
    from pathlib import Path  # noqa: PLC0415 - what a child needs that is started afresh is at the top

    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def put_all(queue: Any, values: Iterable[Any], pen: Any) -> None:
    """Put values into a queue, one after the other."""
    for value in values:
        queue.put(value)
        note(pen, "writer", f"put {value}")


def put_own_pid(queue: Any) -> None:
    """Put this process's id into a queue, and end."""
    queue.put(os.getpid())


def take(queue: Any, count: int, pen: Any) -> None:
    """Take some values out of a queue."""
    for _ in range(count):
        note(pen, "reader", f"got {queue.get()}")


def take_for_ever(queue: Any, pen: Any) -> None:
    """Take what comes, without an end."""
    while True:
        note(pen, "reader", "asks")
        note(pen, "reader", f"got {queue.get()}")


def take_until_none(queue: Any, pen: Any) -> None:
    """Take what comes until it is None."""
    note(pen, "reader", "asks")
    for value in iter(queue.get, None):
        note(pen, "reader", f"got {value}")


def hold_for_ever(_: Any) -> None:
    """Hold a queue without using it, until a signal ends this process."""
    signal.pause()


def echo(questions: Any, answers: Any) -> None:
    """Put into one queue whatever comes out of another, until it is None."""
    for value in iter(questions.get, None):
        answers.put(value)


def echo_connection(connection: Any) -> None:
    """Send back whatever arrives, until it is None."""
    for value in iter(connection.recv, None):
        connection.send(value)


class PickledBy:
    """Comes out of a pickle as the name of the thread that pickled it."""

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Leave the name in the place of this object."""
        return str, (threading.current_thread().name,)


def ignore_termination() -> None:
    """Let SIGTERM have no effect on this process."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def take_for_ever_unmoved(queue: Any, pen: Any) -> None:
    """Take what comes, and ignore SIGTERM."""
    ignore_termination()
    take_for_ever(queue, pen)


def take_if_there_is_one(queue: Any, pen: Any) -> None:
    """Take a value without waiting for one."""
    try:
        queue.get(block=False)
    except Empty:
        note(pen, "second reader", "Empty")
    else:
        note(pen, "second reader", "a value")


def put_large(queue: Any, size: int, pen: Any) -> None:
    """Put one large value, note it, and end."""
    queue.put(bytes(size))
    note(pen, "writer", "has put")


def state_before_and_after_the_join() -> tuple[str, str]:
    """Terminate a forked child; return its state for the kernel when it has ended, and when it was joined."""
    from spec.support.deadlines import wait_until  # noqa: PLC0415 - as in `kernel_state`

    child = multiprocessing.get_context("fork").Process(target=signal.pause)
    child.start()
    child.terminate()
    ended = wait_until(lambda: (state := kernel_state(child.pid)) in "ZX" and state, "the end of the child")
    child.join()
    return ended, kernel_state(child.pid)
