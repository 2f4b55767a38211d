"""The page begins with what a reader must know, and then follows the document."""

from itertools import pairwise

import pytest

from spec.report import render
from spec.suite.report.pages import read_page
from spec.suite.report.records import a_claim, a_ruling, a_run, an_opinion, small_record

LEAK = {
    "where": "spec/threads/test_lock.py",
    "kind": "leak",
    "says": "left behind: Thread-4 (run)\nstarted at x.py:3",
}


def page_of(**changes):
    """The page of a record with these differences."""
    return read_page(render(small_record(**changes)))


def test_what_a_reader_must_know_comes_first():
    """Faults come first, then deviations, outdated and refuted sentences, unmet conditions, the checklist."""
    claims = [
        a_claim(id="a", verdict="CORRECTED", ruling=a_ruling(kind="HOLDS_IF", condition="c", holds_here=False)),
        a_claim(id="b", verdict="CORRECTED", ruling=a_ruling(kind="REFUTED")),
        a_claim(id="c", verdict="CORRECTED", ruling=a_ruling(kind="OUTDATED")),
        a_claim(id="d", verdict="DEVIATES"),
    ]
    page = page_of(claims=claims, faults=[LEAK])
    ids = [element.attributes.get("id") for element in page.each()]
    wanted = [
        "_must",
        "_faults",
        "_deviations",
        "_outdated",
        "_refuted",
        "_unmet",
        "_checklist",
        "a",
        "b",
        "c",
        "d",
    ]

    assert [each for each in ids if each in wanted] == wanted


def test_a_fault_shows_all_it_says():
    """A fault shows its kind, where it is, and every line of what it says."""
    (fault,) = page_of(faults=[LEAK]).one("ul", class_="faults").each("li")

    assert "leak" in fault.text
    assert LEAK["where"] in fault.text
    assert fault.one("pre").raw_text == LEAK["says"]


def test_a_sentence_to_unlearn_brings_its_correction():
    """A sentence to unlearn stands before the checklist with its correction and a link to its row."""
    correction = {"en": "It ends alone.", "zh": "只结束自己。"}
    page = page_of(claims=[a_claim(verdict="CORRECTED", ruling=a_ruling(kind="REFUTED", correction=correction))])
    must = page.one("section", id="_must")

    assert "It ends alone." in must.text
    assert must.one("a").attributes["href"] == "#fork-returns-twice"


def test_nothing_to_know_is_said():
    """A run with nothing that a reader must know says that."""
    assert "no fault, no deviation" in page_of().one("section", id="_must").text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "green"),
        ({"faults": [LEAK]}, "the suite itself is at fault"),
        ({"totals": {"DEVIATES": 1}}, "this Python deviates from a ruling"),
        ({"totals": {"DEVIATES": 1}, "faults": [LEAK]}, "it has faults, and this Python deviates"),
    ],
    ids=["green", "faults", "deviations", "both"],
)
def test_the_run_is_summed_up_in_a_sentence(changes, words):
    """The page says first whether the run is red, and for what."""
    assert words in page_of(**changes).one("h2", class_="outcome").text


def test_rows_follow_the_document():
    """Claims keep the record's order, under their headings, and bare opinions stand among them by line."""
    claims = [
        a_claim(id="one", heading="A", assertions=[{"id": "x.one", "lines": [10, 10]}]),
        a_claim(id="two", heading="A", assertions=[{"id": "x.two", "lines": [30, 31]}]),
        a_claim(id="three", heading="B", assertions=[{"id": "x.three", "lines": [50, 50]}]),
    ]
    opinions = [
        an_opinion(id="x.last", lines=[60, 60], heading="B"),
        an_opinion(id="x.between", lines=[20, 20], heading="A"),
    ]
    groups = page_of(claims=claims, opinions=opinions).each("section", class_="group")

    assert [[row.attributes["id"] for row in group.each(class_="row")] for group in groups] == [
        ["one", "x.between", "two"],
        ["three", "x.last"],
    ]


def test_a_partial_run_says_so_before_anything_else():
    """A partial run says so in a banner above the title, and in the title of the window."""
    page = page_of(run=a_run(partial=True))
    texts = [element for element in page.one("body").each() if element.has(class_="banner") or element.tag == "h1"]

    assert texts[0].has(class_="banner")
    assert "Partial run" in texts[0].text
    assert page.one("head").one("title").text.startswith("Partial run")


def test_a_whole_run_has_no_banner():
    """The page of a whole run has no banner."""
    assert not page_of().each(class_="banner")


def test_headings_go_down_one_level_at_a_time():
    """The headings of the page start at one and never skip a level."""
    page = page_of(claims=[a_claim(), a_claim(id="b", verdict="DEVIATES")], faults=[LEAK])
    levels = [int(each.tag[1]) for each in page.each() if each.tag in {"h1", "h2", "h3", "h4"}]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
