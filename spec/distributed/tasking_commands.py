"""The task server's command line, run by this interpreter or another, for the length of a block."""

from __future__ import annotations

import os
import selectors
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from spec.distributed.tasking import KEY
from spec.support.deadlines import deadline, overdue
from spec.support.programs import environment

MODULE = "concurrency_lib.task_server"
ASKS_VERSION = "import sysconfig; print(sysconfig.get_config_var('py_version_short'))"


class Command:
    """A command that runs in a process of its own, with its output in a pipe."""

    def __init__(self, words: list[str], interpreter: str, variables: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [interpreter, "-m", MODULE, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment() | {"TASK_SERVER_KEY": KEY.decode()} | variables,
            bufsize=0,
        )
        self.text = ""

    def says(self, words: str) -> str:
        """Wait for a line with these words, and return it."""
        give_up = time.monotonic() + deadline()
        while not (found := [line for line in self.text.split("\n")[:-1] if words in line]):
            if not self._read(give_up - time.monotonic()):
                raise overdue(f"{words!r} after {self.text!r}")
        return found[0]

    def end(self) -> int:
        """Wait for the end; return the exit code."""
        give_up = time.monotonic() + deadline()
        while self._read(give_up - time.monotonic()):
            pass
        return self.process.wait(deadline())

    def _read(self, seconds: float) -> bool:
        with selectors.DefaultSelector() as ready:
            ready.register(self.process.stdout, selectors.EVENT_READ)
            if not ready.select(max(0.0, seconds)):
                raise overdue(f"more than {self.text!r}")
        more = os.read(self.process.stdout.fileno(), 1 << 16).decode()
        self.text += more
        return bool(more)


@contextmanager
def command(*words: str, interpreter: str = sys.executable, **variables: str) -> Iterator[Command]:
    """Run `python -m concurrency_lib.task_server` with these words; kill it at the end of the block."""
    running = Command(list(words), interpreter, variables)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait()
        running.process.stdout.close()


@cache
def another_interpreter() -> tuple[str, str]:
    """Return an interpreter of another version of Python, and the version; empty where there is none."""
    names = [f"python3.{minor}" for minor in range(11, 16) if minor != sys.version_info.minor]
    for path in [path for name in names for path in interpreters(name)]:
        asked = subprocess.run(
            [path, "-c", ASKS_VERSION], capture_output=True, text=True, check=False, env=environment()
        )
        if asked.returncode == 0:
            return path, asked.stdout.strip()
    return "", ""


def interpreters(name: str) -> list[str]:
    """Return the interpreters of a name: of a shim of pyenv, which is slow to say no, all that it may stand for."""
    path = shutil.which(name)
    if path is None or Path(path).parent.name != "shims":
        return [path] if path else []
    return sorted(map(str, Path(path).parents[1].glob(f"versions/*/bin/{name}")))
