"""A figure decides only when it is certain; until then, and when the samples end, the question is open."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis.strategies import floats, integers, lists

from spec.support import Inconclusive
from spec.support.evidence import Evidence
from spec.support.measuring import (
    CONFIDENCE,
    QUIET,
    Interval,
    Sample,
    decide,
    interval,
    is_above,
    observed,
    recorded,
)
from spec.support.properties import for_any

NUMBERS = floats(-1e9, 1e9)


def missed(n, k):
    """Return how probably the median lies outside of the k-th smallest and the k-th largest of n values."""
    return 2 * Fraction(sum(math.comb(n, i) for i in range(k)), 2**n)


@pytest.mark.parametrize("n", [*range(40), 100, 301])
def test_the_interval_is_the_tightest_that_is_certain_enough(n):
    """It spans the k-th smallest and largest value, with the last k that misses the median in 5 % at most."""
    allowed = [k for k in range(1, n // 2 + 1) if missed(n, k) <= Fraction(1, 20)]
    expected = Interval(allowed[-1], n + 1 - allowed[-1]) if allowed else Interval(-math.inf, math.inf)

    assert CONFIDENCE == 0.95
    assert interval([float(i) for i in range(n, 0, -1)]) == expected


def test_six_values_are_the_least_that_decide():
    """Five values leave the question open, whatever they are, and six that agree decide it."""
    assert is_above(1.0, [Sample(9.0)] * 5) is None
    assert is_above(1.0, [Sample(9.0)] * 6) is True
    assert is_above(1.0, [Sample(0.9)] * 6) is False


def test_the_threshold_belongs_to_neither_side():
    """An interval that touches the threshold leaves the question open."""
    assert is_above(1.0, [Sample(1.0)] * 50) is None


def test_the_interval_depends_on_no_order():
    """For any values the interval is made of two of them, and is the same in any order."""

    @for_any(lists(NUMBERS, min_size=6, max_size=40), integers(0))
    def order_does_not_matter(values, seed):
        turn = seed % len(values)
        covers = interval(values)

        assert covers == interval(values[turn:] + values[:turn]) == interval(values[::-1])
        assert covers.low <= covers.high
        assert {covers.low, covers.high} <= set(values)


def test_disturbed_samples_decide_nothing():
    """For any quiet samples, disturbed ones beside them change nothing, whatever they say."""

    @for_any(lists(NUMBERS, max_size=30), lists(NUMBERS, max_size=30))
    def disturbed_samples_are_left_out(quiet, disturbed):
        samples = [Sample(value) for value in quiet]
        others = [Sample(value, QUIET * 1.01) for value in disturbed]

        assert is_above(0.0, others + samples) is is_above(0.0, samples)


@pytest.mark.parametrize(
    ("foreign", "quiet"),
    [(0.0, True), (QUIET, True), (QUIET * 1.01, False), (math.nan, False)],
    ids=["none", "just bearable", "too many", "unknown"],
)
def test_a_sample_is_quiet_where_others_used_few_cores(foreign, quiet):
    """A sample is quiet up to a quarter of a core used by others, and never where nobody can tell."""
    assert Sample(1.0, foreign).quiet is quiet


@pytest.mark.parametrize(("values", "answer"), [([2.0] * 6, True), ([0.5] * 6, False)], ids=["above", "below"])
def test_a_decision_takes_no_more_samples_than_it_needs(values, answer):
    """It is made as soon as it is certain, and the figures are shown."""
    evidence = Evidence()
    samples = iter([*recorded(*values)(), Sample(math.nan)])

    assert decide(samples, "the ratio", evidence, threshold=1.0, unit="cores") is answer
    assert math.isnan(next(samples).value)
    assert [(row.name, row.value, row.unit) for row in evidence.items[0].rows] == [
        ("median", values[0], "cores"),
        ("interval", f"{values[0]:g} … {values[0]:g}", "cores"),
        ("threshold", 1.0, "cores"),
        ("quiet samples", 6, "of 6"),
    ]


@pytest.mark.parametrize(
    "samples",
    [[], [Sample(9.0)] * 5, [Sample(9.0, 1.0)] * 50, [Sample(0.5), Sample(1.5)] * 6],
    ids=["none", "too few", "disturbed", "on both sides"],
)
def test_samples_that_end_before_are_inconclusive(samples):
    """When the samples end with the question open it is inconclusive, and the figures are kept and told."""
    evidence = Evidence()

    with pytest.raises(Inconclusive, match=r"^the ratio: median .*, threshold 1.0, quiet samples \d+$"):
        decide(samples, "the ratio", evidence, threshold=1.0)

    assert evidence.items[0].title == "the ratio"


def test_observing_ends_with_its_budget():
    """Samples are taken until the budget is spent, one of them begun before its end."""
    taken = list(observed(lambda: 1.5, budget=0.05))

    assert taken
    assert {sample.value for sample in taken} == {1.5}
    assert list(observed(lambda: 1.5, budget=0.0)) == []


def test_ones_own_work_does_not_disturb(monkeypatch):
    """The processor time of this process and its ended children is not taken for that of others."""
    busy, own = iter([100.0, 103.0]), iter([10.0, 12.5])
    monkeypatch.setattr("spec.support.measuring._busy_seconds", lambda: next(busy))
    monkeypatch.setattr("spec.support.measuring._own_seconds", lambda: next(own))
    monkeypatch.setattr("spec.support.measuring.time.perf_counter", iter([0.0, 2.0]).__next__)

    sample = next(observed(lambda: 7.0))

    assert sample == Sample(7.0, 0.25)


def test_recorded_samples_are_quiet():
    """What a saboteur feeds to a decision is taken as quiet, whatever the source is asked for."""
    assert list(recorded(1.0, 2.0)("anything", at="all")) == [Sample(1.0), Sample(2.0)]
