"""What the claims about pools run in worker processes."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.util import Finalize
from typing import NoReturn

from spec.processes.pooling import pool_of
from spec.processes.targets.hall import Hall


@dataclass(frozen=True)
class Ran:
    """Where and when a task ran, by its own account, in seconds of the monotonic clock."""

    index: int
    pid: int
    started: float
    ended: float


def run_now(index: int) -> Ran:
    """Say in which process a task ran, and when."""
    now = time.monotonic()
    return Ran(index, os.getpid(), now, now)


def hold(hall: Hall, index: int) -> Ran:
    """Come, and stay until let go."""
    started = time.monotonic()
    hall.enter(index)
    hall.wait(lambda: hall.may_go(index), f"leave for task {index}")
    return Ran(index, os.getpid(), started, time.monotonic())


def linger(hall: Hall) -> None:
    """Have this worker wait at its end until it is let go."""
    Finalize(None, hall.wait, (lambda: hall.may_go(0), "leave to end"), exitpriority=0)


def meet(hall: Hall, size: int, index: int) -> Ran:
    """Come, and stay until as many have come as are to meet, or until let go."""
    started = time.monotonic()
    hall.enter(index)
    hall.wait(lambda: len(hall.came()) >= size or hall.may_go(index), f"{size} tasks in progress at once")
    return Ran(index, os.getpid(), started, time.monotonic())


def square(number: int) -> int:
    """Return the square."""
    return number * number


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
    with pool_of(multiprocessing.get_context("fork"), workers) as pool:
        return pool.map(partial(draw_together, hall, workers, draw_from_the_copy), range(workers), 1)


def doze_at_most(seconds: float) -> float:
    """Sleep for a random part of so many seconds; return for how many."""
    slept = random.random() * seconds
    time.sleep(slept)
    return slept


def outlast(hall: Hall, size: int, index: int) -> Ran:
    """As the first task, stay until as many have come as there are; as any other, just come."""
    started = time.monotonic()
    hall.enter(index)
    if index == 0:
        hall.wait(lambda: len(hall.came()) >= size, f"{size} tasks")
    return Ran(index, os.getpid(), started, time.monotonic())


def end_backwards(hall: Hall, size: int, index: int) -> Ran:
    """Stay until the next task has ended, the last one until all have come."""
    started = time.monotonic()
    hall.enter(index)
    if index == size - 1:
        hall.wait(lambda: len(hall.came()) >= size, f"{size} tasks in progress at once")
    else:
        hall.wait(lambda: hall.may_go(index), f"the end of task {index + 1}")
    ended = time.monotonic()
    hall.let_go(index - 1)
    return Ran(index, os.getpid(), started, ended)
