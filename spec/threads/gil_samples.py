"""Samples of how long two busy threads keep their turns, in switch intervals, and a picture of the turns."""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from spec.support.capabilities import gil_is_on
from spec.support.evidence import Evidence, Lane, Span, in_ms
from spec.support.measuring import Sample, observed
from spec.support.rulings import Condition
from spec.threads.busy_cores import BUDGET
from spec.threads.targets.gil_flips import Flip, flips


def _timed() -> str:
    if sys.implementation.name != "cpython":
        return f"{sys.implementation.name} counts instead of asking the clock"
    return gil_is_on.reason


timed = Condition("an interpreter lock is on that is asked for by the clock", _timed)


def gaps_in_intervals(
    clean_room: Any, evidence: Evidence, interval: float, seconds: float, work: int
) -> Iterator[Sample]:
    """Yield the median length of a turn, one run after another, until the budget is spent; show the first run."""
    give_up, shown = time.monotonic() + BUDGET, False
    while time.monotonic() < give_up:
        sample, found = clean_room.run(observed_flips, interval, seconds, work)
        if not shown:
            show_turns(evidence, "the turns of two busy threads", found)
            shown = True
        yield sample


def observed_flips(interval: float, seconds: float, work: int) -> tuple[Sample, list[Flip]]:
    """Observe a run in the process to whose processor time it belongs."""
    found = list[Flip]()

    def take() -> float:
        found.extend(flips(interval, seconds, work))
        return median_gap(found) / interval

    return next(observed(take)), found


def median_gap(found: Sequence[Flip]) -> float:
    """Return the median time for which a thread kept its turn; infinite where none ended in time."""
    gaps = [later.moment - earlier.moment for earlier, later in pairwise(found)]
    return statistics.median(gaps) if gaps else math.inf


def show_turns(evidence: Evidence, title: str, found: Sequence[Flip], limit: int = 30) -> None:
    """Draw a lane for each thread, with the first of its turns."""
    lanes: dict[str, list[Span]] = {}
    for earlier, later in list(pairwise(found))[:limit]:
        span = Span("has its turn", in_ms(earlier.moment), in_ms(later.moment))
        lanes.setdefault(f"thread {earlier.thread}", []).append(span)
    evidence.timeline(title, [Lane(name, spans) for name, spans in sorted(lanes.items())], "ms")
