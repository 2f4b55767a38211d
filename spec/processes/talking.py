"""Queues, pipes and children that are gone at the end of a block, and what can be seen of them."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concurrency_lib.channels import WriterDied, WriterFailed
from spec.processes.targets.messages import kernel_state
from spec.support.deadlines import deadline, put_away, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@contextmanager
def queue_between(context: Any) -> Iterator[Any]:
    """Yield a queue of the context; then end the thread that feeds it, if any, and close both its ends."""
    queue = context.Queue()
    try:
        yield queue
    finally:
        queue.close()
        queue.join_thread()
        for end in (queue._reader, queue._writer):  # noqa: SLF001 - no public call closes what was never written to
            end.close()
        vars(queue).clear()  # or else the frames of a requirement that fails keep its semaphores


@contextmanager
def pipe_between(context: Any, *, duplex: bool = False) -> Iterator[Any]:
    """Yield the ends of a pipe of the context: where it goes one way, the one to read from first."""
    ends = context.Pipe(duplex)
    try:
        yield ends
    finally:
        for end in ends:
            end.close()


@contextmanager
def prepared(context: Any, target: Any, *args: Any) -> Iterator[Any]:
    """Yield a process that has not been started; if it has been by the end of the block, kill and reap it."""
    process = context.Process(target=target, args=args)
    try:
        yield process
    finally:
        if process.pid is None:
            process.close()
        else:
            put_away(process)


@contextmanager
def running(context: Any, target: Any, *args: Any) -> Iterator[Any]:
    """Yield a process that has been started; kill and reap it at the end of the block."""
    with prepared(context, target, *args) as process:
        process.start()
        yield process


def what_is_in(queue: Any) -> list[Any]:
    """Take what is in a queue of which every writer has ended, so that no more can come."""
    found = []
    while not queue.empty():
        found.append(queue.get(timeout=deadline()))
    return found


def state_of_all_threads(pid: int) -> str:
    """Return the letters by which the kernel says what a process's threads are at; X where it is gone."""
    try:
        tasks = [task.name for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return "X"
    return "".join(kernel_state(f"{pid}/task/{task}") for task in tasks)


def falls_asleep(process: Any) -> bool:
    """Wait until the kernel has put all of a process to sleep, or has seen its end, and tell which.

    The process had noted before that it waits next: nothing else puts it to sleep after that.
    """
    states = wait_until(
        lambda: (states := state_of_all_threads(process.pid)) and not set(states) - set("SZX") and states,
        f"sleep of {process.name}",
    )
    return "S" in states


def ended_by(process: Any) -> str:
    """Say how a process that was joined came to its end."""
    code = process.exitcode
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


def read_through(channel: Iterable[Any]) -> tuple[list[Any], list[WriterDied | WriterFailed]]:
    """Read a channel to its end, whatever becomes of its writers; return the items and the errors."""
    items: list[Any] = []
    errors: list[WriterDied | WriterFailed] = []
    while True:
        try:
            for item in channel:
                items.append(item)  # noqa: PERF402 - what came before an error is wanted as well
        except (WriterDied, WriterFailed) as error:
            errors.append(error)
        else:
            return items, errors
