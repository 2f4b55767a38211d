"""A child process and the pipe to it, from any multiprocessing context and under any start method."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from concurrency_lib._deadline import Deadline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

GRACE = 1.0  # seconds for a process to end by itself, and again after it was told to


class Context(Protocol):
    """A multiprocessing context, the module itself, or anything with these two."""

    @property
    def Process(self) -> Callable[..., Any]:  # noqa: N802 - multiprocessing's name
        """The class of its processes."""

    @property
    def Pipe(self) -> Callable[..., tuple[Any, Any]]:  # noqa: N802 - multiprocessing's name
        """The function that returns the two ends of a pipe."""


def of_processes(context: Context) -> Context:
    """Return the context, unless its processes are only threads, which nobody can end."""
    if not hasattr(context.Process, "terminate"):
        raise TypeError(f"mp_context: expected one of processes, not of threads, got {context!r}")
    return context


class ForkedCopies(list[Any]):
    """Ends of pipes of which a forked child holds copies, though nobody gave it any.

    They count: a pipe breaks only when the last copy of its other end is closed. The other start methods
    make no such copies; there this list is pickled, and arrives empty.
    """

    def __reduce__(self) -> tuple[type[ForkedCopies], tuple[()]]:
        return ForkedCopies, ()


def start_with_pipe(
    context: Context,
    target: Callable[..., object],
    *args: object,
    name: str | None = None,
    duplex: bool = False,
    others: Iterable[Any] = (),
) -> tuple[Any, Any]:
    """Start a process that runs `target(pipe, *args)`; return it, and the end of the pipe that is kept here.

    Unless the pipe is `duplex`, the child writes and this process reads. `others` are the ends kept here
    of other pipes. Only the child holds its end, so the pipe ends when the child does.
    """
    kept, given = context.Pipe(duplex)
    try:
        task = (target, given, ForkedCopies([kept, *others]), args)
        process = context.Process(target=run_in_child, args=task, name=name)
        process.start()
    except BaseException:
        kept.close()
        raise
    finally:
        given.close()  # at once, before another process is forked and gets a copy
    return process, kept


def run_in_child(target: Callable[..., object], pipe: Any, copies: ForkedCopies, args: tuple[object, ...]) -> None:
    """Call the target in the child, once the child holds its end of the pipe alone, and no other."""
    for copy in copies:
        copy.close()
    with suppress(AttributeError):  # raised where there is no fork
        os.register_at_fork(after_in_child=pipe.close)  # a grandchild's copy would hide the child's death
    target(pipe, *args)


def receive(pipe: Any) -> bytes | None:
    """Return the next message, or None if the other end is gone, be it in the middle of a message."""
    try:
        return bytes(pipe.recv_bytes())
    except (EOFError, OSError):
        return None


def wait_for_any(sources: Iterable[Any], timeout: float | None = None) -> list[Any]:
    """Return the connections and sentinels that are ready: at least one, or none after `timeout` seconds."""
    # Unlike multiprocessing itself, this module cannot be imported where no process can be started.
    from multiprocessing.connection import wait  # noqa: PLC0415

    return wait(list(sources), timeout)


def join(process: Any, deadline: Deadline) -> int | None:
    """Wait for the process to end and return its exit code, or None if it still runs when time is over."""
    while process.exitcode is None and not deadline.passed():
        # With a limit this waits for forked grandchildren too, so the exit code is looked at often.
        process.join(deadline.at_most(0.1))
    exitcode: int | None = process.exitcode
    return exitcode


def end(process: Any, *, told: bool = False) -> None:
    """Let the process end by itself, then tell it to, unless it was `told` before, then kill it; reap it."""
    if not told and join(process, Deadline(GRACE)) is None:
        process.terminate()
    if join(process, Deadline(GRACE)) is None:
        kill(process)
    join(process, Deadline(None))
    release(process)


def kill(process: Any) -> None:
    """Kill the process, whose class may lack the method, as billiard's does."""
    try:
        process.kill()
    except AttributeError:
        os.kill(process.pid, signal.SIGKILL)


def release(process: Any) -> None:
    """Close what an ended process leaves open here, which is nothing if it was a thread."""
    with suppress(AttributeError):
        process.close()


def name_of(function: Callable[..., object]) -> str:
    """Return the function's name, or the description of a callable that has none."""
    return getattr(function, "__name__", None) or repr(function)
