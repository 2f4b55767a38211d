"""Measured requirements: sampling and deciding, kept apart.

A sample is one ratio from one run, so that both sides of it suffered the same machine. While it was taken,
others may have used the processors; such a sample is *disturbed*, and speaks neither for nor
against anything. The decision is made when the interval that covers the median of the quiet samples excludes
the threshold; until then, and when the budget ends, the question is open.
"""

from __future__ import annotations

import math
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spec.support.evidence import Evidence
from spec.support.outcomes import Inconclusive

QUIET = 0.25  # cores that others may use meanwhile
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Sample:
    """One ratio, and how many cores others used while it was taken (NaN where nobody can tell)."""

    value: float
    foreign_cores: float = 0.0

    @property
    def quiet(self) -> bool:
        """Whether it may decide anything."""
        return self.foreign_cores <= QUIET


@dataclass(frozen=True)
class Interval:
    """Covers the median with at least 95 % confidence; infinite while there are too few samples."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:.3g} … {self.high:.3g}"


def interval(values: Sequence[float]) -> Interval:
    """Take the order statistics that cover the median: distribution-free, 6 values at the least.

    With n values the median lies outside (k-th smallest, k-th largest) with probability
    2 · P(Binomial(n, 1/2) < k), the sign test's tail.
    """
    ordered, n = sorted(values), len(values)
    tail, k = 0.0, 0
    while 2 * (tail := tail + math.comb(n, k) / 2**n) <= 1 - CONFIDENCE:
        k += 1
    return Interval(ordered[k - 1], ordered[n - k]) if k else Interval(-math.inf, math.inf)


def is_above(threshold: float, samples: Sequence[Sample]) -> bool | None:
    """Decide from quiet samples whether the median lies above the threshold; None while it is open."""
    covers = interval([sample.value for sample in samples if sample.quiet])
    if covers.low > threshold:
        return True
    return False if covers.high < threshold else None


def observed(take: Callable[[], float], budget: float = 4.0) -> Iterator[Sample]:
    """Yield one sample after another until `budget` seconds are spent.

    Everything that `take` starts must have ended when it returns: its processor time is then known as ours.
    """
    give_up = time.monotonic() + budget
    while time.monotonic() < give_up:
        yield _observed(take)


def recorded(*values: float) -> Callable[..., Iterator[Sample]]:
    """Make a source of quiet samples that were taken elsewhere: what a saboteur feeds to a decision."""
    return lambda *_, **__: (Sample(value) for value in values)


def decide(samples: Iterable[Sample], question: str, evidence: Evidence, *, threshold: float, unit: str = "") -> bool:
    """Say whether the median of what `samples` yields lies above the threshold, as soon as that is certain.

    Raises `Inconclusive`, with the figures, when the samples end before.
    """
    taken: list[Sample] = []
    answer = None
    for sample in samples:
        taken.append(sample)
        answer = is_above(threshold, taken)
        if answer is not None:
            break
    figures = _figures(taken, threshold, unit)
    evidence.figures(question, figures)
    if answer is None:
        raise Inconclusive(f"{question}: " + ", ".join(f"{name} {value}" for name, (value, _) in figures.items()))
    return answer


def _figures(samples: Sequence[Sample], threshold: float, unit: str) -> dict[str, tuple[float | str, str]]:
    quiet = [sample.value for sample in samples if sample.quiet]
    return {
        "median": (round(statistics.median(quiet), 3) if quiet else "unknown", unit),
        "interval": (str(interval(quiet)), unit),
        "threshold": (threshold, unit),
        "quiet samples": (len(quiet), f"of {len(samples)}"),
    }


def _observed(take: Callable[[], float]) -> Sample:
    busy, own, started = _busy_seconds(), _own_seconds(), time.perf_counter()
    value = take()
    elapsed = time.perf_counter() - started
    foreign = (_busy_seconds() - busy) - (_own_seconds() - own)
    return Sample(value, max(0.0, foreign) / elapsed)


def _own_seconds() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, kinds))


def _busy_seconds() -> float:
    """Processor time of the whole machine, neither idle nor waiting for a disk; NaN without /proc/stat."""
    try:
        fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    except OSError:
        return math.nan
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, fields)
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
