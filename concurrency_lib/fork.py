"""fork, the call that returns twice, made safe to use.

`start` runs a function in a forked child, which ends when the function does and never returns into the
code of the caller. The parent hears how it ended: the exit code, the signal, the exception.
"""

from __future__ import annotations

import errno
import os
import pickle
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVarTuple

from concurrency_lib._child import flush_standard_streams, live_and_end, mask_signals
from concurrency_lib._deadline import Deadline
from concurrency_lib._exits import code_of, signal_of
from concurrency_lib._news import News
from concurrency_lib._remote import Failure, RemoteError, unpack

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ChildFailed", "Exit", "ForkedChild", "start"]

Arguments = TypeVarTuple("Arguments")


class ChildFailed(RemoteError):
    """The function raised: `traceback` is text, `__cause__` the exception if it could be pickled."""


@dataclass(frozen=True)
class Exit:
    """How a child ended: by itself with an exit `code`, or by a `signal`; the other is None."""

    code: int | None
    signal: signal.Signals | int | None


def start(function: Callable[[*Arguments], object], *args: *Arguments) -> ForkedChild:
    """Fork, and run `function(*args)` in the child.

    The child ends with exit code 0 if the function returns, with the interpreter's code for SystemExit if
    it raises that, and with 1 if it raises anything else. Its output is flushed; its `atexit` handlers do
    not run.

    Raises NotImplementedError where there is no fork. From a process with threads Python 3.12 and later
    warn.
    """
    flush_standard_streams()  # what is buffered now would be written by both processes
    report, report_end = os.pipe()
    # A signal handler that raises must find the child inside its `try`, or it leads into the caller's code.
    admitted = mask_signals(signal.SIG_BLOCK, signal.valid_signals())
    try:
        pid = call_fork()
        if pid == 0:
            live_and_end(function, args, (report, report_end), admitted)
        return ForkedChild(pid, report)
    except BaseException:
        os.close(report)
        raise
    finally:
        os.close(report_end)
        mask_signals(signal.SIG_SETMASK, admitted)


def call_fork() -> int:
    """Return what fork returns; only calling it tells whether it is there."""
    try:
        return os.fork()
    except (AttributeError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in {errno.ENOSYS, errno.ENOTSUP}:
            raise
        raise NotImplementedError(f"this platform cannot fork: {error}") from error


def reap(pid: int) -> Exit | None:
    """Return how the child ended, or None if it still runs."""
    try:
        reaped, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError as error:
        told = f"child {pid} was reaped elsewhere, so nobody can tell how it ended"
        raise ChildProcessError(error.errno, told) from None
    exitcode = os.waitstatus_to_exitcode(status)
    return Exit(code_of(exitcode), signal_of(exitcode)) if reaped else None


class ForkedChild:
    """A child made by `start`. One thread at a time may wait for it, and any may send it signals.

    As a context manager it kills the child if that still runs at the end of the block, and reaps it.
    """

    def __init__(self, pid: int, report: int) -> None:
        self.pid = pid
        self._exit: Exit | None = None
        self._reaping = threading.Lock()  # a reaped child's pid may soon be another process's
        self._news = News(pid, report)

    def wait(self, timeout: float | None = None) -> Exit:
        """Wait for the child's end, `timeout` seconds at most, and return how it ended, however often asked.

        Raises ChildFailed if the function raised, TimeoutError if the child still runs (and leaves it
        running), and ChildProcessError if something else in this process has reaped it.
        """
        deadline = Deadline(timeout)
        while (ending := self._look()) is None:
            if deadline.passed():
                raise TimeoutError(f"still running after {timeout} s: child {self.pid}")
            self._news.wait(deadline)
        with suppress(pickle.UnpicklingError):  # there is no report, or the child's end cut it short
            failure: Failure = unpack(bytes(self._news.heard), "report")
            raise failure.retold(ChildFailed, f"child {self.pid}")
        return ending

    def send_signal(self, signum: int) -> None:
        """Send the child a signal; nothing happens once it has ended."""
        with self._reaping, suppress(ProcessLookupError):
            if self._exit is None:
                os.kill(self.pid, signum)

    def kill(self) -> None:
        """Send the child SIGKILL; nothing happens once it has ended."""
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        with suppress(ChildFailed):
            self.wait()

    def _look(self) -> Exit | None:
        """Return how the child ended, or None if it still runs."""
        try:
            with self._reaping:
                self._exit = self._exit or reap(self.pid)
        except ChildProcessError:
            self._news.close()
            raise
        if self._exit:
            self._news.close()
        return self._exit
