"""What the claims about external programs share: the usual programs, and families of them."""

from __future__ import annotations

import os
import select
import subprocess
from contextlib import contextmanager
from subprocess import DEVNULL, PIPE
from typing import TYPE_CHECKING, Any

from concurrency_lib import commands
from spec.support.capabilities import program_answers
from spec.support.deadlines import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

has_shell = program_answers("sh", "-c", ":")


def outcome_of(argv: Sequence[str]) -> tuple[bytes, int] | type[OSError]:
    """Return what a command wrote and its exit code, or the type of the error in starting it."""
    try:
        done = subprocess.run(argv, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, check=False)
    except OSError as error:
        return type(error)
    return done.stdout, done.returncode


def typed(line: str) -> tuple[bytes, int] | type[OSError]:
    """Return what a line writes that a shell reads, and the exit code that the shell gives it."""
    return outcome_of(["sh", "-c", f"{line}\nexit $?"])


def is_full(pipe: int) -> bool:
    """Tell whether the next one to write into a pipe would have to wait."""
    return not select.select([], [pipe], [], 0)[1]


class Lifeline:
    """Two named pipes between a requirement and a family of programs.

    `held` is open for writing in all of them, so that it breaks with the last; `leash` is what those read
    that have nothing to do, and its end ends them, whatever else fails to.
    """

    def __init__(self, directory: Path) -> None:
        """Make both pipes in a folder, and hold the ends that the family does not."""
        self.held, self.leash = str(directory / "held"), str(directory / "leash")
        os.mkfifo(self.held)
        os.mkfifo(self.leash)
        self._end = os.open(self.held, os.O_RDONLY | os.O_NONBLOCK)
        self._leash = os.open(self.leash, os.O_RDWR)

    def family(self, last: str = "wait") -> list[str]:
        """Return a command that writes, leaves a descendant with its streams, reports, and does its last."""
        return self._command(f"cat <{self.leash} & echo ready >&3; {last}")

    def scattered_family(self) -> list[str]:
        """Return a command that writes, and whose descendant leaves the group, and then reports; both stay."""
        return self._command(f"setsid sh -c 'echo ready >&3; exec cat' <{self.leash} & wait")

    def _command(self, rest: str) -> list[str]:
        return ["sh", "-c", f"exec 3>{self.held}; echo so far; echo oops >&2; {rest}"]

    def hears(self, what: str) -> str:
        """Wait for a line of the family, and return it without its end."""
        return wait_until(lambda: self._read() or b"", what).decode().rstrip("\n")

    def breaks(self) -> None:
        """Wait until the last of the family is gone; it has been heard before."""
        wait_until(lambda: self._read() is None, "the end of everything that holds the lifeline")

    def close(self) -> None:
        """Let go of the leash, and so of whoever is left."""
        os.close(self._leash)
        os.close(self._end)

    def _read(self) -> bytes | None:
        """Return what has arrived, nothing where nothing has, and None where nobody holds the other end."""
        try:
            return os.read(self._end, 4096) or None
        except BlockingIOError:
            return b""


@contextmanager
def lifeline(directory: Path) -> Iterator[Lifeline]:
    """Hold a lifeline for a block."""
    line = Lifeline(directory)
    try:
        yield line
    finally:
        line.close()


def timeout_of(command: list[str], line: Lifeline, monkeypatch: Any) -> commands.CommandTimeout:
    """Have the library run a command whose time is over once its family has reported; return the timeout."""
    start = commands.start_group

    def start_and_hear(*args: Any) -> Any:
        program = start(*args)
        line.hears("the family's report")
        return program

    monkeypatch.setattr(commands, "start_group", start_and_hear)
    try:
        done = commands.run(command, timeout=0.01)
    except commands.CommandTimeout as error:
        return error
    raise AssertionError(f"ended in time: {done}")
