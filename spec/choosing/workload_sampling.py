"""Samples that the clean room takes, one run after another, for requirements that measure."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from typing import Any

from spec.support.evidence import Evidence
from spec.support.measuring import Sample

BUDGET = 3.0  # seconds


def sampled_in(
    clean_room: Any, evidence: Evidence, title: str, unit: str, run: Callable[..., tuple[Any, ...]], *args: Any
) -> Iterator[Sample]:
    """Yield the sample of one run after another, until the budget is spent; show the two figures of the first."""
    give_up, shown = time.monotonic() + BUDGET, False
    one, _, other = title.partition(" and ")
    while time.monotonic() < give_up:
        sample, *figures = clean_room.run(run, *args)
        if not shown:
            shown = True
            rows = {name: (round(figure, 3), unit) for name, figure in zip((one, other), figures, strict=True)}
            evidence.figures("the first run", rows)
        yield sample


def ratio_of(one: Callable[[], float], other: Callable[[], float], factor: float = 1.0) -> tuple[Sample, float, float]:
    """Return by how many times the one is the other, and both, times a factor that makes them readable.

    It is for what other programs do not change, such as processor time: such a sample speaks on any machine, unless
    the other is nothing.
    """
    first, second = one(), other()
    sample = Sample(first / second) if second else Sample(math.inf, foreign_cores=math.inf)
    return sample, first * factor, second * factor
