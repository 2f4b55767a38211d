"""Tasks that only wait, seen from outside."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import NamedTuple

from spec.support.deadlines import wait_until
from spec.support.sabotage import Patch


class Census(NamedTuple):
    """How many tasks were made to wait, how many of these are asleep, and how many processes there are in all."""

    made: int
    asleep: int
    processes: int


def census_of(tasks: int) -> Census:
    """Fork so many tasks, each of which waits; count when all have come to rest, or one shows that it does not."""
    gate, latch = os.pipe()
    made = [start(gate) for _ in range(admitted(tasks))]
    try:
        wait_until(lambda: all(state_of(pid) in "SZ" for pid in made) or any(map(has_computed, made)), "tasks at rest")
        return Census(len(made), sum(state_of(pid) == "S" for pid in made), processes_in_all())
    finally:
        for pid in made:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(gate)
        os.close(latch)


def start(gate: int) -> int:
    """Fork a task that waits, and return its id."""
    pid = os.fork()
    if pid == 0:
        wait(gate)
        os._exit(0)
    return pid


def admitted(tasks: int) -> int:
    """Return how many of so many tasks the system lets be."""
    return tasks


def wait(gate: int) -> None:
    """Wait for what never comes: this task is killed."""
    os.read(gate, 1)


def has_computed(pid: int) -> bool:
    """Tell whether a task has used up a hundredth of a second or more."""
    return sum(map(int, fields_of(pid)[11:13])) > 0


def state_of(pid: int) -> str:
    """Return the kernel's letter: S for a task that sleeps, R for one ready to run, Z for one that has ended."""
    return fields_of(pid)[0]


def fields_of(pid: int) -> list[str]:
    """Return what /proc says of a process, from its state on."""
    with Path(f"/proc/{pid}/stat").open("rb", buffering=0) as status:
        return status.read().decode().rpartition(")")[2].split()


def processes_in_all() -> int:
    """Return how many processes the kernel lists here; a container lists its own alone."""
    return sum(entry.name.isdigit() for entry in Path("/proc").iterdir())


def tasks_that_compute(patch: Patch) -> None:
    """Let each task compute instead of waiting."""

    def compute(_: int) -> None:
        while True:
            pass

    patch.setattr(sys.modules[__name__], "wait", compute)


def tasks_that_end(patch: Patch) -> None:
    """Let each task end instead of waiting."""
    patch.setattr(sys.modules[__name__], "wait", lambda _: None)


def one_task_a_core(patch: Patch) -> None:
    """Let no more tasks be than there are cores."""
    patch.setattr(sys.modules[__name__], "admitted", lambda tasks: min(tasks, os.cpu_count() or 1))
