"""How much of its time work of one kind wants a core: near one for what computes, near nothing for what waits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from spec.choosing.targets import workload, workload_tasks
from spec.support.evidence import Evidence
from spec.support.measuring import Sample
from spec.threads.busy_cores import sampled, wanted
from spec.threads.targets.busy import Ran

SECONDS = 0.01

ALL, HALF, LITTLE = 0.9, 0.5, 0.25  # of the time
IN_QUEUE = 0.1  # of the time


def shares(clean_room: Any, evidence: Evidence, work: str, seconds: float = SECONDS) -> Iterator[Sample]:
    """Yield for which share of its time the work had a core or was in the queue for one, run by run."""
    return sampled(clean_room, evidence, wanted, workload.run, work, 1, seconds)


def shares_had(clean_room: Any, evidence: Evidence, work: str, seconds: float = SECONDS) -> Iterator[Sample]:
    """Yield for which share of its time the work had a core, run by run."""
    return sampled(clean_room, evidence, had, workload.run, work, 1, seconds)


def had(sample: Sample, ran: Ran, _threads: int) -> Sample:
    """Take the share of its time for which the thread had a core; if it had to queue for long, that says nothing."""
    (life,) = ran.lives
    in_queue = 0.0 if math.isnan(life.queued) else life.queued / life.passed
    foreign = sample.foreign_cores if math.isnan(life.queued) else 0.0
    return Sample(life.used / life.passed, foreign if in_queue < IN_QUEUE else math.inf)


def crowd_wants(clean_room: Any, evidence: Evidence, tasks: int, seconds: float) -> Iterator[Sample]:
    """Yield for which share of its time the one thread of an event loop with so many tasks wants a core."""
    return sampled(clean_room, evidence, wanted, workload_tasks.crowd, tasks, 1, seconds)
