"""What the claims about pools run in worker processes."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple, NoReturn

from concurrency_lib.pools import TaskRun
from spec.support.outcomes import Overdue

count_of_cpus = os.cpu_count  # as it was before any sabotage


@dataclass(frozen=True)
class Hall:
    """A folder in which tasks note that they have come and find whether they may go, in whatever process they run.

    As a context manager it lets everyone go in the end.
    """

    folder: Path
    patience: float  # seconds that a task waits before it is overdue

    def __enter__(self) -> Hall:
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go("all")

    def enter(self, index: int) -> None:
        """Note that a task has come, and in which process."""
        (self.folder / f"came {index} {os.getpid()}").touch()

    def let_go(self, index: object) -> None:
        """Let a task go on, or `all`."""
        (self.folder / f"go {index}").touch()

    def came(self) -> dict[int, int]:
        """Return which tasks have come so far, each with its process's pid."""
        entries = [name.split() for name in os.listdir(self.folder)]
        return {int(entry[1]): int(entry[2]) for entry in entries if entry[0] == "came"}

    def may_go(self, index: int) -> bool:
        """Tell whether a task may go on."""
        return not {f"go {index}", "go all"}.isdisjoint(os.listdir(self.folder))

    def wait(self, fact: Callable[[], bool], what: str) -> None:
        """Wait for a fact as long as patience lasts."""
        give_up = time.monotonic() + self.patience
        while not fact():
            if time.monotonic() > give_up:
                raise Overdue(f"not within {self.patience:g} s: {what}")
            time.sleep(0.0005)


def run_now(index: int) -> TaskRun:
    """Say in which process a task ran, and when."""
    now = time.monotonic()
    return TaskRun(index, os.getpid(), now, now)


def hold(hall: Hall, index: int) -> TaskRun:
    """Come, and stay until let go."""
    started = time.monotonic()
    hall.enter(index)
    hall.wait(lambda: hall.may_go(index), f"leave for task {index}")
    return TaskRun(index, os.getpid(), started, time.monotonic())


def meet(hall: Hall, size: int, index: int) -> TaskRun:
    """Come, and stay until as many have come as are to meet."""
    started = time.monotonic()
    hall.enter(index)
    hall.wait(lambda: len(hall.came()) >= size, f"{size} tasks in progress at once")
    return TaskRun(index, os.getpid(), started, time.monotonic())


def square(number: int) -> int:
    """Return the square."""
    return number * number


def complain(about: str) -> NoReturn:
    """Raise."""
    raise LookupError(about)


def complain_together(hall: Hall, size: int, index: int) -> NoReturn:
    """Raise when as many tasks are in progress as are to meet."""
    meet(hall, size, index)
    raise LookupError(index)


def enter_and_complain(hall: Hall, index: int) -> NoReturn:
    """Come, and raise."""
    hall.enter(index)
    raise LookupError(index)


def die(code: int) -> None:
    """End the worker in the middle of its task."""
    end_worker(code)


def end_worker(code: int) -> None:
    """End this process at once."""
    os._exit(code)


def die_of(deadly: int, index: int) -> int:
    """Die of one certain task, and return from any other."""
    if index == deadly:
        die(3)
    return index


def die_beside_another(hall: Hall, index: int) -> None:
    """Be held as the first task, and as any other die once the first is in progress."""
    if index == 0:
        hold(hall, index)
    hall.wait(lambda: 0 in hall.came(), "the first task in progress")
    die(3)


def draw() -> float:
    """Draw by the function of the module."""
    return random.random()


def draw_together(hall: Hall, size: int, draws: Callable[[], float], index: int) -> float:
    """Draw when as many tasks are in progress as are to meet, so that each has a worker of its own."""
    meet(hall, size, index)
    return draws()


GENERATORS: list[random.Random] = []


def draw_from_the_copy() -> float:
    """Draw from the generator that this process had when it was forked."""
    return GENERATORS[-1].random()


def drawn_by_forks_of(make: Callable[[], random.Random], hall: Hall, workers: int) -> list[float]:
    """Make a generator, fork workers, and have each draw one number from its copy."""
    GENERATORS.append(make())
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        drawn = pool.map(partial(draw_together, hall, workers, draw_from_the_copy), range(workers), 1)
        pool.close()
        pool.join()
    return drawn


def doze_at_most(seconds: float) -> float:
    """Sleep for a random part of so many seconds; return for how many."""
    slept = random.random() * seconds
    time.sleep(slept)
    return slept


def outlast(hall: Hall, size: int, index: int) -> TaskRun:
    """As the first task, stay until as many have come as there are; as any other, just come."""
    started = time.monotonic()
    hall.enter(index)
    if index == 0:
        hall.wait(lambda: len(hall.came()) >= size, f"{size} tasks")
    return TaskRun(index, os.getpid(), started, time.monotonic())


def end_backwards(hall: Hall, size: int, index: int) -> TaskRun:
    """Stay until the next task has ended, the last one until all have come."""
    started = time.monotonic()
    hall.enter(index)
    if index == size - 1:
        hall.wait(lambda: len(hall.came()) >= size, f"{size} tasks in progress at once")
    else:
        hall.wait(lambda: hall.may_go(index), f"the end of task {index + 1}")
    ended = time.monotonic()
    hall.let_go(index - 1)
    return TaskRun(index, os.getpid(), started, ended)


class Size(NamedTuple):
    """How large a pool is by default, and what it may have gone by."""

    workers: int
    cpus: int | None
    usable: int


def default_size(on_one_cpu: bool) -> Size:  # noqa: FBT001 - a case, handed over by position
    """Make a pool without a size, if need be in a process that is held on one CPU, and count."""
    cpus = count_of_cpus()
    usable = hold_on_one_cpu() if on_one_cpu else len(os.sched_getaffinity(0))
    with multiprocessing.get_context("fork").Pool() as workers:
        size = len(multiprocessing.active_children())
        workers.terminate()
        workers.join()
    return Size(size, cpus, usable)


def hold_on_one_cpu() -> int:
    """Hold this process, and what it starts, on one CPU; return on how many it is held."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return len(os.sched_getaffinity(0))


def meet_on_one_core(hall: Hall, size: int) -> list[TaskRun]:
    """Hold this process on one core, and have the tasks of as many workers meet."""
    hold_on_one_cpu()
    with multiprocessing.get_context("fork").Pool(size_for(size)) as workers:
        runs = workers.map(partial(meet, hall, size), range(size), 1)
        workers.close()
        workers.join()
    return runs


def size_for(workers: int) -> int:
    """Return how many workers a pool is to have that is asked for so many."""
    return workers
