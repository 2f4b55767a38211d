"""What the claims about external programs run in the clean room, and how they break programs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING, Any, NoReturn

from concurrency_lib import commands

if TYPE_CHECKING:
    from collections.abc import Callable

    from spec.support.sabotage import Patch

WAITING = ["cat"]
TO_BOTH_STREAMS = ["tee", "/dev/fd/2"]


def files_of_children() -> dict[str, str]:
    """Return the files that this process, a fork of it and a program that it starts execute."""
    out, into = os.pipe()
    fork = os.fork()
    if fork == 0:
        os.close(into)
        os.read(out, 1)
        os._exit(0)
    with subprocess.Popen(WAITING, stdin=PIPE) as program:
        pids = {"this process": os.getpid(), "fork": fork, "program": program.pid}
        found = {which: str(Path(f"/proc/{pid}/exe").readlink()) for which, pid in pids.items()}
    os.close(into)
    os.waitpid(fork, 0)
    return found


def program_that_is_this_one(patch: Patch) -> None:
    """Start this very interpreter."""
    patch.setattr(sys.modules[__name__], "WAITING", [sys.executable, "-c", "import sys; sys.stdin.read()"])


def heard_on_own_output(argv: list[str], directory: str) -> str:
    """Call a program from another folder, environment and standard output than this process began with."""
    out, into = os.pipe()
    os.dup2(into, 1)
    os.close(into)
    os.chdir(directory)
    os.environ["WORD"] = "inherited"
    subprocess.call(argv)
    os.set_blocking(out, False)
    with os.fdopen(out, "rb", buffering=0) as heard:
        return (heard.read() or b"").decode()


def programs_start_elsewhere(patch: Patch) -> None:
    """Start every program in the root folder."""
    patch.setattr(subprocess, "call", partial(subprocess.call, cwd="/"))


def passed_through_both_streams(size: int) -> commands.Completed:
    """Send bytes through a program that writes them to both of its streams."""
    return commands.run(TO_BOTH_STREAMS, stdin=bytes(size))


class Interruption(Exception):
    """What a signal asks for."""


def interrupted_run(argv: list[str], stdin: bytes) -> bool:
    """Run a program that signals this process when it has its input; tell whether that ended the call."""
    signal.signal(signal.SIGUSR1, interrupt)
    try:
        commands.run(argv, stdin=stdin)
    except Interruption:
        return True
    return False


def interrupt(*_: object) -> NoReturn:
    """Leave whatever this process does."""
    raise Interruption


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
