"""The page says where, when and how the claims were run."""

import pytest

from spec.report import render
from spec.report.formats import duration, figure
from spec.suite.report.pages import read_page
from spec.suite.report.records import VERDICTS, a_run, small_record


def overview_of(**changes):
    """The overview of the page of a record with these differences."""
    return read_page(render(small_record(**changes))).one("section", id="_overview")


@pytest.mark.parametrize(
    "fact",
    [
        "CPython 3.13.0",
        "stdlib",
        "fork",
        "Linux 6.18 x86_64",
        "2026-02-03 04:05:06 UTC",
        "52.5 s",
        "pytest spec/",
    ],
)
def test_the_run_is_described(fact):
    """The overview names the interpreter, the drop-in, the platform, the time and the command."""
    assert fact in overview_of().one("dl", class_="environment").text


@pytest.mark.parametrize(("gil", "word"), [(True, "on"), (False, "off")], ids=["on", "off"])
def test_the_gil_is_on_or_off(gil, word):
    """The overview says whether the GIL was on."""
    described = overview_of(run=a_run(gil=gil)).one("dl", class_="environment").each("div")[1]

    assert described.one("dd").one("span", class_="en").text == word


def test_a_missing_capability_brings_its_reason():
    """What the runtime cannot do is listed with the reason that its probe gave."""
    fork, parallel = overview_of().one("ul", class_="capabilities").each("li")

    assert "yes" in fork.text
    assert "no" in parallel.text
    assert "the GIL is on" in parallel.text


def test_packages_have_their_versions():
    """The packages that the run used are listed with their versions."""
    assert overview_of().one("ul", class_="packages").text == "pytest 9.0.1"


def test_totals_are_those_of_the_record():
    """Each verdict stands in the overview with its total and with what it means."""
    totals = {verdict: number for number, verdict in enumerate(VERDICTS, start=3)}
    shown = overview_of(totals=totals).each("a", class_="total")

    assert {each.attributes["data-total"]: int(each.one(class_="number").text) for each in shown} == totals
    assert all(each.one(class_="says").text for each in shown)


def test_every_word_is_explained():
    """The overview explains each ruling, the requirement, the saboteur, the document's word and the fault."""
    assert len(overview_of().one("details", class_="legend").each("dt")) == 9


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 ms"),
        (0.00034, "340 µs"),
        (0.0042, "4.2 ms"),
        (1.5, "1.5 s"),
        (125, "2 min 5 s"),
        (59.99, "60 s"),
    ],
)
def test_durations_are_short(seconds, text):
    """A duration is written in the unit in which it is read most easily."""
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (18412, "18\u202f412"),
        (1.0049215, "1.00492"),
        (2.0, "2"),
        ("text", "text"),
        (float("nan"), "nan"),
    ],
)
def test_figures_have_no_idle_digits(value, text):
    """A number is written with the digits that are read, and a text as it is."""
    assert figure(value) == text
