"""Samples of a ratio, each taken in the clean room, until they decide or the budget ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from spec.support.evidence import Evidence
from spec.support.measuring import Sample

BUDGET = 3.0  # seconds


def sampled(
    clean_room: Any, evidence: Evidence, compare: Callable[[], tuple[Sample, dict[str, float]]], *names: str
) -> Iterator[Sample]:
    """Yield one ratio after another; show the two times of the first."""
    give_up, shown = time.monotonic() + BUDGET, False
    while time.monotonic() < give_up:
        sample, times = clean_room.run(compare)
        if not shown:
            rows = {name: (round(took, 3), "ms") for name, took in zip(names, times.values(), strict=True)}
            evidence.figures("one sample", rows)
            shown = True
        yield sample
