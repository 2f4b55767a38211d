"""What the kernel lists of a process's threads, under /proc/self/task."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from concurrency_lib import fork
from spec.support.deadlines import wait_until
from spec.threads.together import together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spec.support.sabotage import Patch


class Look(NamedTuple):
    """How many threads the kernel lists, and which processes they say that they are in."""

    tasks: int
    pids: list[int]


def tasks() -> set[int]:
    """Return the numbers by which the kernel knows the threads of this process."""
    return {int(entry.name) for entry in Path("/proc/self/task").iterdir()}


def time_of(task: int | None) -> float:
    """Return for how many seconds a thread of this process has been on a processor."""
    return int(Path(f"/proc/self/task/{task}/schedstat").read_text().split()[0]) / 1e9


def keeps_time() -> str:
    """Try whether the kernel keeps each thread's time; return the reason why not."""
    try:
        time_of(os.getpid())
    except OSError as error:
        return str(error)
    return ""


def run_beside(*functions: Callable[[], object], at_end: Callable[[], object]) -> AbstractContextManager[object]:
    """Make the block in which other threads run, too."""
    return together(*functions, at_end=at_end)


def before_during_and_after(others: int) -> list[Look]:
    """Look at this process before other threads are there, while they are, and after their end."""
    (told, tell), (gate, key) = os.pipe(), os.pipe()

    def stay() -> None:
        os.write(tell, f"{os.getpid():8}".encode())
        os.read(gate, 1)

    alone = Look(len(tasks()), [os.getpid()])
    with run_beside(*[stay] * others, at_end=lambda: os.write(key, b"." * others)):
        pids = [int(os.read(told, 8)) for _ in range(others)]
        among_others = Look(len(tasks()), [os.getpid(), *pids])
    # Joining may return before the kernel has put the thread away.
    wait_until(lambda: len(tasks()) <= alone.tasks, "the end of the threads in the kernel")
    return [alone, among_others, Look(len(tasks()), [os.getpid()])]


@contextmanager
def in_processes(*functions: Callable[[], object], at_end: Callable[[], object]) -> Iterator[None]:
    """Run each function in a process of its own for the length of a block."""
    with ExitStack() as tidy:
        for function in functions:
            tidy.enter_context(fork.start(function))
        yield
        at_end()


def processes_instead(patch: Patch) -> None:
    """Have what runs beside run in processes of its own."""
    patch.setattr(sys.modules[__name__], "run_beside", in_processes)
