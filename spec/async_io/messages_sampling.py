"""Samples that the clean room takes several at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from spec.support.evidence import Evidence
from spec.support.measuring import Sample

BATCHES, OF = 5, 6


def sampled(
    clean_room: Any, evidence: Evidence, title: str, unit: str, run: Callable[..., tuple[Any, ...]], *args: Any
) -> Iterator[Sample]:
    """Yield samples from a few batches of runs; show the two figures of the first."""
    one, _, other = title.partition(" and ")
    for batch in range(BATCHES):
        taken = clean_room.run(repeated, run, *args)
        if not batch:
            rows = {name: (round(figure, 3), unit) for name, figure in zip((one, other), taken[0][1:], strict=True)}
            evidence.figures("the first run", rows)
        yield from (sample for sample, *_ in taken)


def repeated(run: Callable[..., tuple[Any, ...]], *args: Any) -> list[tuple[Any, ...]]:
    """Run something several times."""
    return [run(*args) for _ in range(OF)]
