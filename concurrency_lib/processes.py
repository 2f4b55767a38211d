"""Process and join: a function runs in a process of its own, and the caller gets what came of it.

That is its value, its exception, or ProcessDied if the process ended without saying either.
"""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar, TypeVarTuple

from concurrency_lib._contexts import ForkedCopies, wait_for_any
from concurrency_lib._deadline import Deadline
from concurrency_lib._exits import described, signal_of
from concurrency_lib._remote import RemoteError, RemoteTraceback, attempt, name_of, pack, settle, unpack

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable

    from concurrency_lib._contexts import Context

__all__ = ["ProcessDied", "RemoteError", "RemoteTraceback", "RunningProcess", "run", "start"]

Value = TypeVar("Value")
Arguments = TypeVarTuple("Arguments")

NO_ANSWER = b""


class ProcessDied(Exception):
    """A process ended without an answer; `exitcode` is its exit code, or minus the signal that ended it."""

    def __init__(self, process: str, exitcode: int) -> None:
        super().__init__(process, exitcode)
        self.process, self.exitcode = process, exitcode

    @property
    def signal(self) -> signal.Signals | int | None:
        """The signal that ended the process, or None."""
        return signal_of(self.exitcode)

    def __str__(self) -> str:
        """Return which process ended, and how."""
        return f"{self.process} ended without an answer: {described(self.exitcode)}"


def run(
    function: Callable[[*Arguments], Value],
    *args: *Arguments,
    mp_context: Context | None = None,
    timeout: float | None = None,
) -> Value:
    """Run `function(*args)` in a process, wait until the process has ended, and return the function's value.

    Raises what the function raised, with the process's traceback as its cause (as RemoteError if it cannot be pickled);
    ProcessDied if the process ended without an answer, by sys.exit for example; PicklingError if the value cannot be
    pickled; TimeoutError after `timeout` seconds. No process is left in any case: one that still runs is killed.
    """
    with start(function, *args, mp_context=mp_context) as process:
        return process.result(timeout)


def start(
    function: Callable[[*Arguments], Value], *args: *Arguments, mp_context: Context | None = None
) -> RunningProcess[Value]:
    """Start a process that runs `function(*args)`.

    `mp_context` is a multiprocessing context, or anything with its Process and Pipe. Unless it forks, the function and the
    arguments are pickled, and an error in that is raised here.
    """
    context = mp_context or multiprocessing
    answer, child_answer = context.Pipe(duplex=False)
    try:
        process = context.Process(target=answer_in_child, args=(child_answer, ForkedCopies([answer]), function, args))
        process.start()
    except BaseException:
        answer.close()
        raise
    finally:
        child_answer.close()  # now the child has the only one, and its end will be heard
    return RunningProcess(process, answer, f"{process.name} ({name_of(function)})")


def answer_in_child(answer: Any, copies: ForkedCopies, function: Callable[..., object], args: tuple[object, ...]) -> None:
    """Send the outcome of the call."""
    copies.close()
    answer.send_bytes(pack(attempt(function, *args), "answer"))


class RunningProcess(Generic[Value]):
    """A process made by `start`, for one thread to wait for.

    As a context manager it kills the process if that still runs at the end of the block, and reaps it.
    """

    def __init__(self, process: Any, answer: Any, name: str) -> None:
        self.name = name
        self.pid: int = process.pid
        self.exitcode: int | None = None  # once the process is known to have ended
        self._process = process
        self._answer = answer
        self._message: bytes | None = None

    def is_alive(self) -> bool:
        """Tell whether the process still runs."""
        return self.exitcode is None and bool(self._process.is_alive())

    def result(self, timeout: float | None = None) -> Value:
        """Wait until the process has ended, `timeout` seconds at most, and return the function's value, however often asked.

        Raises what `run` does; but after a TimeoutError the process is left running.
        """
        deadline = Deadline(timeout)
        if self._message is None:
            self._message = self._receive(deadline)
        exitcode = self._join(deadline)
        if self._message == NO_ANSWER:
            raise ProcessDied(self.name, exitcode)
        value: Value = settle(unpack(self._message, "answer"), self.name)
        return value

    def _receive(self, deadline: Deadline) -> bytes:
        ...
