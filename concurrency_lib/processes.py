"""Process and join: a function runs in a process of its own, and the caller gets what came of it.

That is its value, its exception, or ProcessDied if the process ended without telling either.
"""

from __future__ import annotations

import multiprocessing
import os
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, TypeVarTuple

from concurrency_lib._contexts import join, kill, name_of, receive, release, start_with_pipe, wait_for_any
from concurrency_lib._deadline import Deadline
from concurrency_lib._exits import described, signal_of
from concurrency_lib._remote import RemoteError, RemoteTraceback, attempt, pack, settle, unpack

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
        return f"{self.process} ended without an answer: {described(self.exitcode)}"


def run(
    function: Callable[[*Arguments], Value],
    *args: *Arguments,
    mp_context: Context | None = None,
    timeout: float | None = None,
) -> Value:
    """Run `function(*args)` in a process, wait for the end of the process, and return the function's value.

    Raises what the function raised, with the process's traceback as its cause (as RemoteError if it
    cannot be pickled); ProcessDied if the process ended without an answer, by `sys.exit` for example;
    PicklingError if the value cannot be pickled; TimeoutError after `timeout` seconds, when the process
    is killed.
    """
    with start(function, *args, mp_context=mp_context) as process:
        return process.result(timeout)


def start(
    function: Callable[[*Arguments], Value], *args: *Arguments, mp_context: Context | None = None
) -> RunningProcess[Value]:
    """Start a process that runs `function(*args)`.

    `mp_context` is a multiprocessing context, or anything with its Process and Pipe. Unless it forks, the
    function and its arguments are pickled here, and this raises what that raises.
    """
    process, answer = start_with_pipe(mp_context or multiprocessing, send_answer, function, args)
    return RunningProcess(process, answer, f"{process.name} ({name_of(function)})")


def send_answer(answer: Any, function: Callable[..., object], args: tuple[object, ...]) -> None:
    """Call the function in the child, and send what came of it."""
    answer.send_bytes(pack(attempt(function, *args), "answer"))


class RunningProcess(Generic[Value]):
    """A process made by `start`, for one thread to wait for.

    As a context manager it kills the process if that still runs at the end of the block, and reaps it.
    """

    def __init__(self, process: Any, answer: Any, name: str) -> None:
        self.name = name
        self.pid: int = getattr(process, "pid", os.getpid())  # a thread posing as a process has none
        self.exitcode: int | None = None  # until the process is known to have ended
        self._process = process
        self._answer = answer
        self._message: bytes | None = None

    def is_alive(self) -> bool:
        """Tell whether the process still runs."""
        return self.exitcode is None and bool(self._process.is_alive())

    def result(self, timeout: float | None = None) -> Value:
        """Wait for the end, `timeout` seconds at most, and return the function's value, however often asked.

        Raises what `run` raises; after a TimeoutError the process still runs.
        """
        deadline = Deadline(timeout)
        if self._message is None:
            self._message = self._receive(deadline)  # a long answer would keep the process from ending
        exitcode = self._join(deadline)
        if self._message == NO_ANSWER:
            raise ProcessDied(self.name, exitcode)
        value: Value = settle(unpack(self._message, "answer"), self.name)
        return value

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.exitcode is None:
            kill(self._process)
            self._join(Deadline(None))

    def _receive(self, deadline: Deadline) -> bytes:
        if not self._has_news(deadline.remaining()):
            raise TimeoutError(f"still running after {deadline.seconds} s: {self.name}")
        # Asked even if the news is the end of the process: it may have answered just before.
        return self._read()

    def _read(self) -> bytes:
        return (receive(self._answer) if self._answer.poll() else None) or NO_ANSWER

    def _has_news(self, timeout: float | None) -> bool:
        """Wait for an answer or for the end of the process, and tell whether there was either in time."""
        try:
            return bool(wait_for_any([self._answer, self._process.sentinel], timeout))
        except AttributeError:  # a thread posing as a process: its pipe holds any answer, so it can be joined
            self._process.join(timeout)
            return not self._process.is_alive()

    def _join(self, deadline: Deadline) -> int:
        if self.exitcode is None:
            self.exitcode = join(self._process, deadline)
            if self.exitcode is None:
                raise TimeoutError(f"still running after {deadline.seconds} s: {self.name}")
            if self._message is None:
                self._message = self._read()
            self._answer.close()
            release(self._process)
        return self.exitcode
