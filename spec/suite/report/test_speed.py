"""A run of ten thousand requirements is rendered while one waits."""

import time

from spec.report import render
from spec.suite.report.evidences import FIGURES
from spec.suite.report.records import a_case, a_claim, a_requirement, a_saboteur, small_record


def large_record(claims, requirements):
    """A record of so many claims with so many requirements each, every other with figures."""
    with_figures = a_requirement(cases=[a_case(evidence=[FIGURES])])
    several = [with_figures if number % 2 else a_requirement() for number in range(requirements)]
    return small_record(
        claims=[
            a_claim(
                id=f"claim-{number}",
                heading=f"heading {number % 20}",
                requirements=several,
                saboteurs=[a_saboteur()] * 3,
            )
            for number in range(claims)
        ]
    )


def seconds_to_render(record):
    """The processor time that one rendering takes; the neighbours' load does not count."""
    started = time.process_time()
    render(record)
    return time.process_time() - started


def test_ten_thousand_requirements_take_less_than_two_seconds():
    """Ten thousand requirements are rendered in less than two seconds of processor time, at best of three."""
    record = large_record(claims=1000, requirements=10)

    # The first rendering on PyPy is spent on compiling: it takes ten times as long as the third.
    assert any(seconds_to_render(record) < 2 for _ in range(3))


def test_no_row_of_a_large_run_is_left_out():
    """The page of ten thousand requirements has a row for each claim and a line for each requirement."""
    html = render(large_record(claims=1000, requirements=10))

    assert html.count('<details class="row claim"') == 1000
    assert html.count("One call of fork returns once in the parent and once in the child.") >= 10_000
