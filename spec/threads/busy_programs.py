"""Programs beside this one that keep cores busy: compiled from C, and run until they are killed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from spec.support.deadlines import deadline
from spec.support.programs import Program, environment
from spec.support.rulings import Condition

COMPILER = "cc"
SOURCE = Path(__file__).parent / "samples" / "multicore_busy.c"


def compiled(source: Path, into: Path) -> str:
    """Compile a program with threads; return where it is. Raises OSError or CalledProcessError where that fails."""
    program = str(into / source.stem)
    subprocess.run(
        [COMPILER, "-O1", "-pthread", "-o", program, str(source)],
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=deadline(),
    )
    return program


def _compiles() -> str:
    with tempfile.TemporaryDirectory() as directory:
        try:
            subprocess.run([compiled(SOURCE, Path(directory))], check=True, capture_output=True, timeout=deadline())
        except (OSError, subprocess.SubprocessError) as error:
            return f"{COMPILER}: {error}"
    return ""


can_compile = Condition("a C compiler makes programs with threads that run here", _compiles)


@contextmanager
def running(program: Program) -> Iterator[subprocess.Popen[bytes]]:
    """Yield a program that has been started, with nothing to read or to print; kill it at the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-c", program.source],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(deadline())


def threads_in(pid: int) -> int:
    """Count the threads of a process; 0 when it has ended."""
    with suppress(OSError):
        return len(list(Path(f"/proc/{pid}/task").iterdir()))
    return 0


def seconds_used(pid: int) -> list[float]:
    """Return the processor time of each thread of a process, in the order in which they were made."""
    tasks = sorted(Path(f"/proc/{pid}/task").iterdir(), key=lambda task: int(task.name))
    return [int((task / "schedstat").read_text().split()[0]) / 1e9 for task in tasks]
