"""Tasks that compute, and note when they had their turns on a core.

Only the processor time of a task is laid down, not when it gets it: other work on the machine stretches a run, and
changes nothing in how often two tasks of the same run take turns.
"""

from __future__ import annotations

import os
import pickle
import resource
import sys
import time
from collections.abc import Collection, Sequence
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from concurrency_lib import fork
from spec.support.sabotage import Patch

PAUSE = 0.0002  # seconds: a task that has not got on for longer was off its core


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
    gate = os.pipe()
    started = [start_task(gate, seconds) for _ in range(tasks)]
    for end in gate:
        os.close(end)
    return [task.report() for task in started]


def start_task(gate: tuple[int, int], seconds: float) -> Task:
    """Fork a task."""
    out, into = os.pipe()
    child = fork.start(live, gate, into, seconds)
    os.close(into)
    return Task(child, out)


def live(gate: tuple[int, int], into: int, seconds: float) -> None:
    """Be a task: begin when all tasks are there, compute, report."""
    await_the_others(*gate)
    with os.fdopen(into, "wb") as report:
        pickle.dump(compute(seconds), report)


def await_the_others(gate: int, latch: int) -> None:
    """Return when every process has closed its copy of the latch."""
    os.close(latch)
    os.read(gate, 1)


def compute(seconds: float) -> Report:
    """Use up the processor time, step by step, and note each turn."""
    with Path("/proc/self/stat").open("rb", buffering=0) as status:
        before, turns = resource.getrusage(resource.RUSAGE_SELF), list[Turn]()
        until = time.process_time() + seconds
        core, start = core_in(status), time.perf_counter()
        last = start
        while time.process_time() < until:
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


def one_after_another(patch: Patch) -> None:
    """Let each task begin only when the one before it has ended."""

    def start_and_wait(gate: tuple[int, int], seconds: float) -> Task:
        task = original(gate, seconds)
        task.child.wait()
        return task

    original, here = start_task, sys.modules[__name__]
    patch.setattr(here, "await_the_others", lambda *_: None)
    patch.setattr(here, "start_task", start_and_wait)


def steps_that_pause(patch: Patch) -> None:
    """Make each step end in a short sleep."""
    patch.setattr(sys.modules[__name__], "step", lambda: time.sleep(0.0005))


def computing_at_the_same_instants(patch: Patch) -> None:
    """Make every task tell of the same turn."""
    patch.setattr(sys.modules[__name__], "compute", lambda seconds: Report([Turn(0.0, seconds, 0)]))
