"""Good code and clumsy code, which takes ten times as many steps, alone and beside a wait."""

from __future__ import annotations

import time
from collections.abc import Callable

from spec.choosing.targets.workload import asking
from spec.choosing.workload_sampling import ratio_of
from spec.support.measuring import Sample

GOOD, CLUMSY = 2_000, 20_000  # steps
DELAY = 0.01  # seconds
TIMES = 5


def steps(number: int) -> int:
    """Do so many steps."""
    total = 0
    for each in range(number):
        total += each & 3
    return total


def computing() -> tuple[Sample, float, float]:
    """Return by how many times clumsy code computes for longer, and how long both do, in ms."""
    warm_up()
    return ratio_of(lambda: computes_for(CLUMSY), lambda: computes_for(GOOD), factor=1000)


def warm_up() -> None:
    """Let what compiles as it runs do so."""
    for _ in range(TIMES):
        steps(CLUMSY), steps(GOOD)


def computes_for(number: int) -> float:
    """Do the steps several times; return the processor time of this thread."""
    used = time.thread_time()
    for _ in range(TIMES):
        steps(number)
    return time.thread_time() - used


def waiting() -> tuple[Sample, float, float]:
    """Return by how many times clumsy code takes longer when it has to wait as well, and how long both do, in ms."""
    warm_up()
    with asking(DELAY) as ask:
        return ratio_of(lambda: waits_for(ask, CLUMSY), lambda: waits_for(ask, GOOD), factor=1000)


def waits_for(ask: Callable[[], object], number: int) -> float:
    """Do the steps and get an answer; return how long that took."""
    began = time.perf_counter()
    steps(number)
    ask()
    return time.perf_counter() - began
