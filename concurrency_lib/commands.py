"""External programs: run one, feed it, capture both of its streams, and let none outlive its time."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from concurrency_lib._exits import code_of, signal_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["CommandTimeout", "Completed", "run"]

LAST_WORDS = 0.5  # seconds for which a killed group's output is still read


class CommandTimeout(TimeoutError):
    """A program, or what it left holding its streams, still ran when its time was over.

    `stdout` and `stderr` are the bytes written until then.
    """

    def __init__(self, message: str, stdout: bytes = b"", stderr: bytes = b"") -> None:
        super().__init__(message)
        self.stdout, self.stderr = stdout, stderr


@dataclass(frozen=True)
class Completed:
    """What a program wrote, and how it ended: with an `exit_code`, or by a `signal`; the other is None."""

    stdout: bytes
    stderr: bytes
    exit_code: int | None
    signal: signal.Signals | int | None


def run(
    argv: Sequence[str],
    *,
    stdin: bytes = b"",
    timeout: float | None = None,
    env: Mapping[str, str] | None = None,
    cwd: str | os.PathLike[str] | None = None,
) -> Completed:
    """Run the program `argv[0]` with the rest as its arguments, no shell between, until its streams close.

    It reads `stdin`, then the end of the file. After `timeout` seconds, or when this call is interrupted,
    the program is killed, and with it whatever it started that has not left its process group.

    Raises CommandTimeout in the first case, and FileNotFoundError if there is no such program.
    """
    check(argv)
    with start_group(argv, env, cwd) as program:
        try:
            stdout, stderr = program.communicate(stdin, timeout)
        except subprocess.TimeoutExpired:
            kill_group(program)
            message = f"still running after {timeout} s: {argv[0]}"
            raise CommandTimeout(message, *last_words(program)) from None
        except BaseException:
            kill_group(program)
            raise
    return Completed(stdout, stderr, code_of(program.returncode), signal_of(program.returncode))


def check(argv: Sequence[str]) -> None:
    """Refuse what would start another program than was meant."""
    if isinstance(argv, (str, bytes)):
        raise TypeError(f"argv: expected a list such as ['echo', 'a b'], got the string {argv!r}")
    if not argv:
        raise ValueError("argv: expected a program and its arguments, got nothing")


def start_group(
    argv: Sequence[str], env: Mapping[str, str] | None, cwd: str | os.PathLike[str] | None
) -> subprocess.Popen[bytes]:
    """Start the program as the leader of a process group of its own."""
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603 - to run what it is given is its purpose
        argv, stdin=pipe, stdout=pipe, stderr=pipe, env=env, cwd=cwd, start_new_session=True
    )


def kill_group(program: subprocess.Popen[bytes]) -> None:
    """Kill the program and all others of its group."""
    if program.returncode is None:  # until the program is reaped, no other group can have its number
        with suppress(ProcessLookupError, PermissionError):  # macOS raises the latter for a group of zombies
            os.killpg(program.pid, signal.SIGKILL)


def last_words(program: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Return what the killed program wrote; what has left its group may hold the streams open for ever."""
    try:
        return program.communicate(timeout=LAST_WORDS)
    except subprocess.TimeoutExpired as error:
        return error.output or b"", error.stderr or b""
