"""Programs that run beside one another, and are gone at the end of a block."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from spec.support.deadlines import deadline, overdue
from spec.support.programs import Program, Ran, environment, sample

MASTER = sample(__file__, "queue_master")
MENDED_MASTER = sample(__file__, "queue_master_mended")
WORKER = sample(__file__, "queue_worker")

PATIENT = WORKER.replacing("timeout=1", "timeout=20")
IMPATIENT = WORKER.replacing("timeout=1", "timeout=0.001")

NAMED_AS_IN_PYTHON_2 = "Queue.Empty:  # noqa: F821 - there is no such name, and that is the point"


def local_master(master: Program) -> Program:
    """Return a master that listens at a socket of this machine, whose name it prints in place of its port."""
    return master.replacing('address=("127.0.0.1", 0), ', "").replacing(".address[1]", ".address")


def local(worker: Program) -> Program:
    """Return the worker with a socket of this machine, which is quicker than TCP, and with work that takes no time."""
    return worker.replacing('("127.0.0.1", int(sys.argv[1]))', "sys.argv[1]").replacing("time.sleep(0.001)", "pass")


def mended(worker: Program) -> Program:
    """Return the worker with the right name of the exception."""
    return worker.replacing(NAMED_AS_IN_PYTHON_2, "queue.Empty:")


@dataclass
class Playing:
    """A program that runs, and what was read of its output so far."""

    program: Program
    process: subprocess.Popen[bytes]
    heard: bytes = b""

    def next_line(self) -> str:
        """Wait for a line that the program flushes."""
        assert self.process.stdout is not None
        if not wait([self.process.stdout.fileno()], deadline()):
            raise overdue(f"a line of {self.program.name}")
        line = self.process.stdout.readline()
        self.heard += line
        return line.decode().rstrip("\n")

    def end(self) -> Ran:
        """Wait for the program's end, and return all that it printed."""
        try:
            output, errors = self.process.communicate(timeout=deadline())
        except subprocess.TimeoutExpired:
            raise overdue(f"the end of {self.program.name}") from None
        return Ran(self.program, (self.heard + output).decode(), errors.decode(), self.process.returncode)


@contextmanager
def playing(program: Program, *args: Any) -> Iterator[Playing]:
    """Run a program into a pipe, in a session of its own; kill what is left of that at the end of the block."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, program.name)
        path.write_text(program.source, encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, str(path), *map(str, args)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,  # so that reading a line takes no more than the line
            cwd=directory,
            env=environment(),
            start_new_session=True,
        )
        with process:
            try:
                yield Playing(program, process)
            finally:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(process.pid, signal.SIGKILL)
