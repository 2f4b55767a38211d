"""External programs that are started, fed, read or ended in another way than they are asked to be."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from subprocess import PIPE
from typing import TYPE_CHECKING, Any

from concurrency_lib import commands
from spec.processes.targets import commands as targets

if TYPE_CHECKING:
    from collections.abc import Callable

    from spec.support.sabotage import Patch


def program_that_is_this_one(patch: Patch) -> None:
    """Start this very interpreter."""
    patch.setattr(targets, "WAITING", [sys.executable, "-c", "import sys; sys.stdin.read()"])


def programs_start_elsewhere(patch: Patch) -> None:
    """Start every program in the root folder."""
    patch.setattr(subprocess, "call", partial(subprocess.call, cwd="/"))


def kill_the_leader(program: subprocess.Popen[bytes]) -> None:
    """Kill the program alone."""
    program.kill()


def leader_alone_is_killed(patch: Patch) -> None:
    """Let a program's descendants live."""
    patch.setattr(commands, "kill_group", kill_the_leader)


def complete_output_or_none(program: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Return the output if it ends, and nothing of it otherwise."""
    try:
        return program.communicate(timeout=commands.LAST_WORDS)
    except subprocess.TimeoutExpired:
        return b"", b""


class WriteThenRead(subprocess.Popen[bytes]):
    """A program that is given all of its input before anybody looks at its output."""

    def communicate(self, content: Any = b"", *_: Any) -> Any:
        """Write, and read only then."""
        self.stdin.write(content)  # type: ignore[union-attr]
        return super().communicate()


def input_before_output(patch: Patch) -> None:
    """Feed programs first and read from them afterwards."""
    patch.setattr(subprocess, "Popen", WriteThenRead)


class Replacing(subprocess.Popen[bytes]):
    """A program whose streams are read as text, bytes that are none of it replaced."""

    def communicate(self, *args: Any) -> Any:
        """Return both streams after a journey through text."""
        return tuple(stream.decode(errors="replace").encode() for stream in super().communicate(*args))


class Hasty(subprocess.Popen[bytes]):
    """A program that is forgotten as soon as it has ended."""

    def communicate(self, *_: Any) -> Any:
        """Return what the program itself has written."""
        self.wait()
        return b"early\n", b""


class Restarting(subprocess.Popen[bytes]):
    """A program that starts anew for every input."""

    def communicate(self, content: Any = b"", *_: Any) -> Any:
        """Return what another run of the program makes of the input."""
        return subprocess.run(self.args, input=content, stdout=PIPE, check=True).stdout, None


def started_as(kind: type[subprocess.Popen[bytes]]) -> Callable[..., subprocess.Popen[bytes]]:
    """Return what starts a program as such a kind of program."""
    return lambda argv, *_: kind(argv, stdin=PIPE, stdout=PIPE, stderr=PIPE)


def fed_a_line(argv: list[str], *_: object) -> subprocess.Popen[bytes]:
    """Start a program behind another one that gives it a line."""
    return started_as(subprocess.Popen)(["sh", "-c", 'echo line | "$@"', "sh", *argv])
