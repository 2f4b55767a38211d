"""The same work shared out between tasks, and waits in one event loop: how long it takes, and what it costs."""

from __future__ import annotations

import asyncio
import math
import os
import time
from collections.abc import Collection

from concurrency_lib import fork
from spec.choosing.workload_sampling import ratio_of
from spec.processes.targets import turns
from spec.support.measuring import Sample
from spec.threads.targets.busy import Ran, life_of

ALL_OF_IT, WARM = 400, 50  # steps: of the work, and until what compiles as it runs has done so
PAUSE = 0.002  # seconds that a task of the event loop waits each time


def in_processes(tasks: int, core: Collection[int]) -> float:
    """Share all of the work out between forked tasks on one core, all at once; return their processor time."""
    os.sched_setaffinity(0, core)
    do(WARM)
    gate, (out, into) = os.pipe(), os.pipe()
    children = [fork.start(live, gate, into, ALL_OF_IT // tasks) for _ in range(tasks)]
    for end in (*gate, into):
        os.close(end)
    with os.fdopen(out) as told:
        used = sum(float(line) for line in told)
    for child in children:
        with child:
            child.wait()
    return used


def live(gate: tuple[int, int], into: int, steps: int) -> None:
    """Be a task: begin when all are there, do the steps, and tell what they took."""
    turns.await_the_others(*gate)
    used = time.process_time()
    do(steps)
    os.write(into, f"{time.process_time() - used}\n".encode())


def do(steps: int) -> None:
    """Compute."""
    for _ in range(steps):
        sum(range(1000))


def dearer_by(many: int, core: Collection[int]) -> tuple[Sample, float, float]:
    """Return how many times the processor time of one task many take on a core, for the same work, and both in ms."""
    return ratio_of(lambda: in_processes(many, core), lambda: in_processes(1, core), factor=1000)


def switches_with(tasks: int, seconds: float, core: Collection[int]) -> int:
    """Let tasks share a core for so much processor time, all together; return how often one was put off it."""
    return sum(report.preempted for report in turns.run_together(tasks, seconds / tasks, core))


def more_switches(many: int, seconds: float, core: Collection[int]) -> tuple[Sample, int, int]:
    """Return how many more switches many tasks take than one, for as much processor time, and both numbers."""
    counts = switches_with(many, seconds, core), switches_with(1, seconds, core)
    return Sample(counts[0] - counts[1]), *counts


def waits_a_second(tasks: int, seconds: float) -> tuple[float, float]:
    """Let tasks of an event loop wait again and again; return how many end a second, and the busy share of the time.

    Busy is who uses a core, or queues for one that others use; NaN where nobody can tell.
    """
    waits = 0

    async def wait_on(until: float) -> None:
        nonlocal waits
        while time.perf_counter() < until:
            await pause()
            waits += 1

    async def main() -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(*[wait_on(until) for _ in range(tasks)])

    life = life_of(lambda: asyncio.run(main(), debug=False))  # whose costs are of no interest
    return waits / life.passed, min((life.used + life.queued) / life.passed, 1.0)


async def pause() -> None:
    """Wait, and let the others go on."""
    await asyncio.sleep(PAUSE)


def more_waits(many: int, few: int, seconds: float) -> tuple[Sample, float, float]:
    """Return how many times as many waits end with many tasks as with few, and both, a second."""
    return ratio_of(lambda: waits_a_second(many, seconds)[0], lambda: waits_a_second(few, seconds)[0])


def spare_time(many: int, few: int, seconds: float) -> tuple[Sample, float, float]:
    """Return the share of the time that many tasks leave a core idle; and that of many and of few, in %."""
    idle = [1 - waits_a_second(tasks, seconds)[1] for tasks in (many, few)]
    return Sample(idle[0], math.inf if math.isnan(idle[0]) else 0.0), *(100 * share for share in idle)


def crowd(tasks: int, _threads: int, seconds: float) -> Ran:
    """Let tasks of one event loop wait again and again; return the time of its thread."""
    began = time.perf_counter()
    life = life_of(lambda: void(waits_a_second(tasks, seconds)))
    return Ran(began, time.perf_counter() - began, life.used, [life])


def void(_: object) -> None:
    """Return nothing."""
