"""Samples of how many cores a run kept busy, and a picture of when its threads got on.

`used` is what a monitor shows: processor time by the clock. It speaks only of a quiet machine, and of threads
that did not queue for a core although there were enough. `wanted` adds the time spent in the queue, where the kernel
tells it: for work that nothing but a core can hold up, it is the same on any machine, however busy.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from typing import Any

from spec.support.evidence import Evidence, Lane, Span, in_ms
from spec.support.measuring import Sample, observed
from spec.support.runtime import usable_cores
from spec.threads.targets.busy import Ran

Measure = Callable[[Sample, Ran, int], Sample]

BUDGET = 3.0  # seconds
ONE_CORE = 1.4  # cores: a lock leaves about one, and a few hundredths for those that wait on it
MANY = 4  # threads or processes are enough to tell N cores from one, and cost the same on every machine


def used(sample: Sample, ran: Ran, threads: int) -> Sample:
    """Take the cores in use; a queue where there is a core for everybody is a disturbance."""
    crowd = 0.0 if threads > usable_cores() or math.isnan(ran.queue) else ran.queue
    return Sample(ran.cores, max(sample.foreign_cores, crowd))


def used_in_turn(sample: Sample, ran: Ran, _threads: int) -> Sample:
    """Take the cores in use by threads that hand on a lock: whoever gets it queues behind the one that had it."""
    return Sample(ran.cores, sample.foreign_cores)


def wanted(sample: Sample, ran: Ran, threads: int) -> Sample:
    """Take the cores in use and those queued for; without word of the queue, as a quiet machine shows it.

    A thread that began late, or has not told of itself, makes it a disturbed sample.
    """
    if math.isnan(ran.queue):
        return sample
    longest = max(life.passed for life in ran.lives)
    in_time = [life for life in ran.lives if life.passed > longest / 2]
    value = sum((life.used + life.queued) / life.passed for life in in_time)
    return Sample(value, 0.0 if len(in_time) == threads else math.inf)


def held_up(sample: Sample, ran: Ran, threads: int) -> Sample:
    """Take the share of its time in which a thread neither had a core nor was in the queue for one."""
    unknown = math.isnan(ran.queue)
    shares = [1 - (life.used + (0.0 if unknown else life.queued)) / life.passed for life in ran.lives]
    return Sample(sum(shares) / threads, used(sample, ran, threads).foreign_cores)


def speed_up_of_waiting(_sample: Sample, ran: Ran, _threads: int) -> Sample:
    """Take by how many times threads are done sooner than one alone with work that leaves the cores alone.

    So it matters little how busy they are.
    """
    return Sample(ran.alone / ran.passed)


def sampled(
    clean_room: Any, evidence: Evidence, measure: Measure, run: Callable[..., Ran], *args: Any
) -> Iterator[Sample]:
    """Yield what `measure` makes of one run after another, until the budget is spent; show the first run.

    The last of `args` but one is the number of threads.
    """
    give_up, shown = time.monotonic() + BUDGET, False
    while time.monotonic() < give_up:
        sample, ran = clean_room.run(observed_run, run, *args)
        if not shown and any(life.turns for life in ran.lives):
            show_threads(evidence, "when the threads of a run got on", ran)
            shown = True
        yield measure(sample, ran, args[-2])


def observed_run(run: Callable[..., Ran], *args: Any) -> tuple[Sample, Ran]:
    """Observe a run in the process to whose processor time it belongs."""
    runs: list[Ran] = []

    def take() -> float:
        runs.append(run(*args))
        return runs[-1].cores

    return next(observed(take)), runs[-1]


def show_threads(evidence: Evidence, title: str, ran: Ran) -> None:
    """Draw a lane for each of the first few threads."""
    lanes = [
        Lane(f"thread {number}", [Span("gets on", in_ms(a - ran.began), in_ms(b - ran.began)) for a, b in life.turns])
        for number, life in enumerate(ran.lives[:MANY], 1)
    ]
    evidence.timeline(title, lanes, "ms")
