"""The same work for one thread alone, and for each of several beside each other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from concurrency_lib.threads import run_together
from spec.support.deadlines import deadline
from spec.threads.targets.busy import Life, Ran, life_of


def rests(steps: int) -> None:
    """Rest so many times for a millisecond."""
    for _ in range(steps):
        time.sleep(0.001)


def run_with_a_rival(loop: str, threads: int, seconds: float) -> Ran:
    """Let one thread do a loop, named as in this module, for about so long, and then several do the same each.

    The time of several is taken from when the first begins: how long it takes until all are there is no matter.
    """
    work: Callable[[int], None] = globals()[loop]
    steps = steps_in(work, seconds)
    alone = seconds_of(work, steps)
    all_there, begins, ends = threading.Barrier(threads), list[float](), list[float]()

    def live() -> Life:
        all_there.wait(deadline())
        begins.append(time.perf_counter())
        life = life_of(lambda: work(steps))
        ends.append(time.perf_counter())
        return life

    used = time.process_time()
    lives = run_together(*[live] * threads)
    return Ran(min(begins), max(ends) - min(begins), time.process_time() - used, lives, alone * threads)


def steps_in(work: Callable[[int], None], seconds: float) -> int:
    """Find out how many steps take about so long."""
    steps = 1
    while (passed := seconds_of(work, steps)) < seconds / 4:
        steps *= 2
    return round(steps * seconds / passed)


def seconds_of(work: Callable[[int], None], steps: int) -> float:
    """Do so many steps; return how long that took."""
    return life_of(lambda: work(steps)).passed
