"""Tasks that compute, and note when they had their turns on a core.

The processor time of a task is laid down, not when it gets it: other work on the machine stretches a run, and
changes nothing in how often two tasks of the same run take turns. A task that has used its time computes on until
all have begun: on a busy machine one may be kept waiting for its first turn for longer than another needs for all.
"""

from __future__ import annotations

import os
import pickle
import resource
import select
import time
from collections.abc import Collection, Sequence
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from concurrency_lib import fork

PAUSE = 0.0002  # seconds: a task that has not got on for longer was off its core
PATIENCE = 20.0  # seconds for which a task computes on, if another does not begin

Latch = tuple[int, int]  # the ends of a pipe: its reader finds the end of the stream when all have closed the other


class Turn(NamedTuple):
    """A stretch of computing without a pause, in seconds of the machine's clock, and the core on which it began."""

    start: float
    end: float
    core: int


class Report(NamedTuple):
    """What a task tells of itself: its turns, and how often it was put off its core, and gave it up."""

    turns: Sequence[Turn]
    preempted: int = 0
    gave_up: int = 0


class Task(NamedTuple):
    """A forked task, and the pipe by which it will report."""

    child: fork.ForkedChild
    out: int

    def report(self) -> Report:
        """Wait for the report and for the task's end."""
        with self.child, os.fdopen(self.out, "rb") as out:
            told = out.read()
            self.child.wait()
        report: Report = pickle.loads(told)
        return report


def run_together(tasks: int, seconds: float, cores: Collection[int] = ()) -> list[Report]:
    """Let several tasks, if need be on certain cores, use `seconds` of processor time each; return their reports."""
    if cores:
        os.sched_setaffinity(0, cores)
    gate, begun = os.pipe(), os.pipe()
    started = [start_task(gate, begun, seconds) for _ in range(tasks)]
    for end in (*gate, *begun):
        os.close(end)
    return [task.report() for task in started]


def start_task(gate: Latch, begun: Latch, seconds: float) -> Task:
    """Fork a task."""
    out, into = os.pipe()
    child = fork.start(live, gate, begun, into, seconds)
    os.close(into)
    return Task(child, out)


def live(gate: Latch, begun: Latch, into: int, seconds: float) -> None:
    """Be a task: begin when all tasks are there, compute, report."""
    await_the_others(*gate)
    with os.fdopen(into, "wb") as report:
        pickle.dump(compute(seconds, begun), report)


def await_the_others(gate: int, latch: int) -> None:
    """Return when every process has closed its copy of the latch."""
    os.close(latch)
    os.read(gate, 1)


def all_have_closed(reader: int) -> bool:
    """Tell whether every process has closed its copy of a latch."""
    return bool(select.select([reader], [], [], 0)[0])


def compute(seconds: float, begun: Latch) -> Report:
    """Use up the processor time, step by step, and note each turn; go on until all have begun."""
    with Path("/proc/self/stat").open("rb", buffering=0) as status:
        before, turns = resource.getrusage(resource.RUSAGE_SELF), list[Turn]()
        until = time.process_time() + seconds
        core, start = core_in(status), time.perf_counter()
        last, give_up = start, start + PATIENCE
        os.close(begun[1])
        while time.process_time() < until or not (all_have_closed(begun[0]) or last > give_up):
            step()
            now = time.perf_counter()
            if now - last > PAUSE:
                turns.append(Turn(start, last, core))
                core, start = core_in(status), now
            last = now
        turns.append(Turn(start, last, core))
        after = resource.getrusage(resource.RUSAGE_SELF)
    return Report(turns, after.ru_nivcsw - before.ru_nivcsw, after.ru_nvcsw - before.ru_nvcsw)


def step() -> None:
    """Do one step of the computation."""
    sum(range(20))


def core_in(status: FileIO) -> int:
    """Return the number of the core that this process is on.

    The file stays open: 3.13 without a GIL offers its core to others whenever it closes a buffered one.
    """
    status.seek(0)
    return int(status.read().rpartition(b")")[2].split()[36])
