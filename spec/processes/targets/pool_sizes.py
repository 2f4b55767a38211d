"""What the claims about the size of a pool run in the clean room."""

from __future__ import annotations

import multiprocessing
import os
from functools import partial
from typing import NamedTuple

from spec.processes.pooling import pool_of
from spec.processes.targets import pool
from spec.processes.targets.hall import Hall

count_of_cpus = os.cpu_count  # as it is before any sabotage


class Size(NamedTuple):
    """How large a pool is by default, and what it may have gone by."""

    workers: int
    cpus: int | None
    usable: int


def default_size() -> Size:
    """Make a pool without a size, and count."""
    usable, cpus = len(os.sched_getaffinity(0)), count_of_cpus()
    with pool_of(multiprocessing.get_context("fork")):
        size = len(multiprocessing.active_children())
    return Size(size, cpus, usable)


def default_size_on_one_cpu() -> Size:
    """Do so in a process that is held on one CPU."""
    hold_on_one_cpu()
    return default_size()


def hold_on_one_cpu() -> None:
    """Hold this process, and what it starts, on one CPU."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def meet_on_one_core(hall: Hall, size: int) -> list[pool.Ran]:
    """Hold this process on one core, and have the tasks of as many workers meet."""
    hold_on_one_cpu()
    with pool_of(multiprocessing.get_context("fork"), size_for(size)) as workers:
        return workers.map(partial(pool.meet, hall, size), range(size), 1)


def size_for(workers: int) -> int:
    """Return how many workers a pool is to have that is asked for so many."""
    return workers
