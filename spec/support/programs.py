"""Programs that a claim runs as a reader would: each in an interpreter, into a pipe or on a terminal."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import IO

from spec.support.deadlines import deadline, overdue
from spec.support.evidence import Evidence


@dataclass(frozen=True)
class Program:
    """A Python program: what to call it, and its text."""

    name: str
    source: str

    def replacing(self, old: str, new: str) -> Program:
        """Return the program with one passage, which must occur exactly once, put in other words."""
        if self.source.count(old) != 1:
            raise ValueError(f"occurs {self.source.count(old)} times in {self.name}, expected once: {old!r}")
        return replace(self, source=self.source.replace(old, new))


def sample(claim_file: str, name: str) -> Program:
    """Read `samples/NAME.py` beside a claim module: `sample(__file__, "fork_announced")`."""
    path = Path(claim_file).parent / "samples" / f"{name}.py"
    return Program(path.name, path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Ran:
    """What a program printed, and its exit status (negative: the signal that ended it)."""

    program: Program
    output: str
    errors: str
    status: int

    @property
    def lines(self) -> list[str]:
        """The lines of its standard output."""
        return self.output.splitlines()

    def show(self, evidence: Evidence, title: str) -> Ran:
        """Attach the transcript to the evidence."""
        text = self.output + (f"\n[standard error]\n{self.errors}" if self.errors.strip() else "")
        evidence.transcript(title, f"python {self.program.name}", text, self.status)
        return self


def run(program: Program, *args: str, env: dict[str, str] | None = None) -> Ran:
    """Run a program with its standard output in a pipe, block-buffered whatever the environment says."""
    with tempfile.TemporaryDirectory() as directory:
        process = _start(program, args, directory, env, subprocess.PIPE)
        with process:
            try:
                output, errors = process.communicate(timeout=deadline())
            except subprocess.TimeoutExpired:
                _end_group(process)
                raise overdue(f"the end of {program.name}") from None
            finally:
                _end_group(process)
    return Ran(program, output, errors, process.returncode)


def run_on_terminal(program: Program, *args: str) -> Ran:
    """Run a program with its standard output on a terminal, so that each line leaves it at once."""
    master, slave = pty.openpty()
    with tempfile.TemporaryDirectory() as directory, os.fdopen(master, "rb", buffering=0) as screen:
        process = _start(program, args, directory, None, slave)
        os.close(slave)
        with process:
            try:
                output = _read_screen(screen, f"the end of {program.name}")
                _, errors = process.communicate(timeout=deadline())
            finally:
                _end_group(process)
    return Ran(program, output.replace("\r\n", "\n"), errors, process.returncode)


def _start(
    program: Program, args: tuple[str, ...], directory: str, env: dict[str, str] | None, stdout: int
) -> subprocess.Popen[str]:
    path = Path(directory, program.name)
    path.write_text(program.source, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(path), *args],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        cwd=directory,
        env=environment() | (env or {}),
        start_new_session=True,
    )


def environment() -> dict[str, str]:
    """Return this run's environment, its mark included, without what changes how a program prints."""
    unwanted = {"PYTHONUNBUFFERED", "PYTHONWARNINGS", "PYTHONDEVMODE"}
    found = {name: value for name, value in os.environ.items() if name not in unwanted}
    root = str(Path(__file__).parents[2])
    return found | {
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": os.pathsep.join(filter(None, (found.get("PYTHONPATH"), root))),
    }


def _read_screen(screen: IO[bytes], what: str) -> str:
    """Read until the last process closes the terminal, which Linux reports as an input/output error."""
    seen = b""
    give_up = time.monotonic() + deadline()
    while wait([screen.fileno()], give_up - time.monotonic()):
        part = b""
        with suppress(OSError):
            part = screen.read(4096)
        if not part:
            return seen.decode()
        seen += part
    raise overdue(what)


def _end_group(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
