"""What it costs to make workers, and to have work done by them, as ratios of one run."""

from __future__ import annotations

import math
import multiprocessing
import resource
import threading
import time
from collections.abc import Callable
from multiprocessing import resource_tracker
from typing import Any, NamedTuple

from concurrency_lib import workers
from spec.choosing.targets.working_teams import forks
from spec.support.measuring import Sample
from spec.threads.targets.busy import life_of

MANY = 5
TASKS = 10
WORKERS = 2
SECONDS = 0.02


def used(call: Callable[[], object]) -> float:
    """Return the processor time of a call, that of processes which end in it included: it is the same on a busy day."""
    before = processor_time()
    call()
    return processor_time() - before


def processor_time() -> float:
    """Return the seconds of processor time of this process so far, and of its children that have ended."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def make(kind: Any, many: int = MANY) -> Callable[[], None]:
    """Return a call that starts threads, or processes, which have nothing to do, one by one, and sees their ends."""

    def start_and_join() -> None:
        for _ in range(many):
            worker = kind(target=int)
            worker.start()
            worker.join()

    return start_and_join


def process_to_thread() -> tuple[Sample, dict[str, float]]:
    """Compare the processor time that it takes to make forked processes, and as many threads."""
    return compared(lambda: used(make(forks().Process)), lambda: used(make(threading.Thread)))


def spawn_to_fork() -> tuple[Sample, dict[str, float]]:
    """Compare the processor time that it takes to make a process from nothing, as Windows does, and by a fork."""
    spawns = multiprocessing.get_context("spawn")
    try:
        return compared(lambda: used(make(spawns.Process, 1)), lambda: used(make(forks().Process)) / MANY)
    finally:
        resource_tracker._resource_tracker._stop()  # type: ignore[attr-defined]  # noqa: SLF001 - or it is left behind


def processes_to_threads_when_idle() -> tuple[Sample, dict[str, float]]:
    """Compare the processor time of teams of processes and of threads, for tasks that need none themselves."""
    return compared(
        lambda: used(run_by(workers.processes(WORKERS, mp_context=forks()), int, TASKS)),
        lambda: used(run_by(workers.threads(WORKERS), int, TASKS)),
    )


def threads_to_processes_when_busy() -> tuple[Sample, dict[str, float]]:
    """Compare how long tasks that compute take in threads and in processes, without their wait in the queue for a core.

    So it matters little how busy the machine is; only tasks that did not begin together tell nothing.
    """
    threads = work_of(workers.threads(WORKERS))
    processes = work_of(workers.processes(WORKERS, mp_context=forks()))
    sample, times = compared(lambda: longest(threads), lambda: longest(processes))
    return Sample(sample.value, 0.0 if began_together(threads) and began_together(processes) else math.inf), times


class Work(NamedTuple):
    """When a task began, and how long it took, its wait in the queue for a core left out where the kernel tells it."""

    began: float
    took: float


def work_of(team: workers.Team) -> list[Work]:
    """Have a team compute."""
    with team:
        return team.run(compute, range(WORKERS))


def compute(_: int) -> Work:
    """Use up some hundredths of a second of a core in Python code."""
    began = time.perf_counter()
    life = life_of(use_up)
    return Work(began, life.passed - (0.0 if math.isnan(life.queued) else life.queued))


def use_up() -> None:
    """Compute until this thread has had its time of a core."""
    until = time.thread_time() + SECONDS
    while time.thread_time() < until:
        sum(range(50))


def longest(works: list[Work]) -> float:
    """Return how long the slowest task took."""
    return max(work.took for work in works)


def began_together(works: list[Work]) -> bool:
    """Tell whether no task began only when the others were half done."""
    begins = [work.began for work in works]
    return max(begins) - min(begins) < SECONDS / 2


def run_by(team: workers.Team, function: Callable[[int], object], tasks: int) -> Callable[[], None]:
    """Return a call that has a team do so many tasks, and ends it."""

    def work() -> None:
        with team:
            team.run(function, range(tasks))

    return work


def compared(one: Callable[[], float], other: Callable[[], float]) -> tuple[Sample, dict[str, float]]:
    """Take two times; return their ratio, which depends on nobody else, and the times in milliseconds."""
    first, second = one(), other()
    return Sample(first / second), {"first": 1000 * first, "second": 1000 * second}
