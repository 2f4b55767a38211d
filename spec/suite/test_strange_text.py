"""Whatever text a runtime came up with arrives in the record, and is shown."""

from __future__ import annotations

import html

import pytest

from spec.report.visible import visible
from spec.suite.strange_claim import STRANGE, write_strange_claim


@pytest.fixture(scope="module", params=[[], ["-n", "2"]], ids=["serially", "on_two_workers"])
def run(request, trial):
    write_strange_claim(trial)
    return trial.run(*request.param)


def texts(value):
    if isinstance(value, dict | list):
        return [text for part in (value.values() if isinstance(value, dict) else value) for text in texts(part)]
    return [value]


def test_strange_text_arrives_unchanged(run):
    """Markup, quotes, control characters and lone surrogates are in the record as they were shown."""
    evidence = run.requirement("strange", "shows")["cases"][0]["evidence"]

    assert texts(evidence).count(STRANGE) == 27
    assert {item["kind"] for item in evidence} == {
        "figures",
        "timeline",
        "tally",
        "interleaving",
        "transcript",
        "series",
    }


def test_figures_that_are_no_numbers_are_words(run):
    """A figure that is not finite is in the record as a word."""
    rows = run.requirement("strange", "shows")["cases"][0]["evidence"][0]["rows"]

    assert [row["value"] for row in rows] == [STRANGE, 1.5, "nan", "inf"]


def test_a_reason_with_strange_text_ends_no_worker(run):
    """An assertion or a skip whose text UTF-8 cannot carry is told all the same, if need be written out."""
    assert visible(run.requirement("strange", "fails")["reason"]).startswith(
        visible("AssertionError: " + STRANGE.partition(" \u2028")[0])
    )
    assert visible(run.requirement("strange", "skips")["reason"]) == visible(STRANGE)
    assert run.claims["strange"]["verdict"] == "DEVIATES"


def test_every_case_has_its_own_name(run):
    """Cases keep the names that they have between pytest's brackets, brackets of their own included."""
    names = [case["name"] for case in run.requirement("strange", "each")["cases"]]

    assert len(names) == 3
    assert names[1:] == ["[in brackets]", ""]


def test_the_page_shows_strange_text_and_does_not_obey_it(run):
    """The page has the text escaped, adds no script of its, and is UTF-8."""
    page = (run.folder / "reports" / "conformance.html").read_text(encoding="utf-8")

    assert "<script>alert" not in page
    assert (
        html.escape(visible(STRANGE)) in page
        or html.escape(visible(STRANGE)).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
    )
