"""What the claims about external programs run in the clean room."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from subprocess import PIPE
from typing import NoReturn

from concurrency_lib import commands

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
