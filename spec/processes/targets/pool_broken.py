"""How saboteurs break the workers of a pool, and the library's pool."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import Any

from concurrency_lib import pools
from concurrency_lib._crew import Crew
from concurrency_lib.pools import PoolRun, TaskRun, run_tasks
from spec.processes.targets import pool, pool_sizes
from spec.support.sabotage import Patch


def death_that_is_none(patch: Patch) -> None:
    """Let the worker live on."""
    patch.setattr(pool, "end_worker", lambda _: None)


class WorkerDiedOfSomething(pools.WorkerDied):
    """A death that names every task from the first on."""

    def __init__(self, unfinished: list[int]) -> None:
        super().__init__(list(range(max(unfinished) + 1)))


def run_without_duration(index: int, pid: int, started: float, _ended: float) -> TaskRun:
    """Note that a task took no time."""
    return TaskRun(index, pid, started, started - 1)


def run_by_nobody(index: int, _pid: int, started: float, ended: float) -> TaskRun:
    """Forget who ran a task."""
    return TaskRun(index, 0, started, ended)


def generator_with_a_fixed_seed(_patch: Patch) -> None:
    """Seed the module's generator as in every other worker."""
    random.seed(1)


def generator_that_asks_the_system(patch: Patch) -> None:
    """Draw every number from the system."""
    patch.setattr(pool, "draw_from_the_copy", draw_from_the_system)


def draw_from_the_system() -> float:
    """Draw from what keeps no state in this process."""
    return random.SystemRandom().random()


class CrewWithAWorkerMore(Crew):
    """A crew that is larger than asked for."""

    def hire(self, workers: int) -> None:
        """Start one worker more."""
        super().hire(workers + 1)


class CrewThatGoesOn(Crew):
    """A crew that runs its tasks one at a time, whatever comes of them."""

    def work_off(self, tasks: list[bytes]) -> dict[int, Any]:
        """Return the answers to all tasks."""
        answers = {}
        for index, task in enumerate(tasks):
            answers[index] = super().work_off([task])[0]
        return answers


def machine_that_is_counted_again(patch: Patch) -> None:
    """Count the CPUs of the machine where those of the process are asked for."""
    patch.setattr(os, "process_cpu_count", os.cpu_count)


def cpu_that_is_not_there(patch: Patch) -> None:
    """Count a CPU too many, by whatever is asked."""
    for name in {"cpu_count", "process_cpu_count"}.intersection(dir(os)):
        patch.setattr(os, name, one_more_than(getattr(os, name)))


def one_more_than(count: Callable[[], int]) -> Callable[[], int]:
    """Count one too many."""
    return lambda: count() + 1


def pool_that_is_bounded_by_the_cores(patch: Patch) -> None:
    """Make no more workers than there are usable cores."""
    patch.setattr(pool_sizes, "size_for", lambda workers: min(workers, len(os.sched_getaffinity(0))))


def run_and_add_a_result(function: Callable[[Any], Any], items: list[Any], **options: Any) -> PoolRun[Any]:
    """Return a result that no task has returned."""
    run = run_tasks(function, items, **options)
    return PoolRun([*run.results, None], run.timeline)


def run_in_the_order_of_completion(function: Callable[[Any], Any], items: list[Any], **options: Any) -> PoolRun[Any]:
    """Return what is done first first."""
    run = run_tasks(function, items, **options)
    return PoolRun(sorted(run.results, key=lambda done: done.ended), sorted(run.timeline, key=lambda done: done.ended))
