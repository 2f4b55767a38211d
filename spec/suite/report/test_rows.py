"""A row of the page says what was claimed, and where, what came of it, and what is held of it."""

import pytest

from spec.suite.report.parts import row_of
from spec.suite.report.records import a_claim, a_ruling


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        ("CONFIRMED", "Confirmed"),
        ("CORRECTED", "Corrected"),
        ("DEVIATES", "Deviates"),
        ("NOT APPLICABLE", "Not applicable"),
        ("INCONCLUSIVE", "Inconclusive"),
        ("NOT RUN", "Not run"),
    ],
)
def test_a_verdict_is_a_word_beside_its_icon(verdict, word):
    """Each verdict stands in its row as a word, and its icon is beside the word."""
    mark = row_of(a_claim(verdict=verdict)).one("summary").one("span", class_="v")

    assert mark.one("span", class_="en").text == word
    assert mark.one("svg").has(aria_hidden="true")


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("HOLDS", "Holds"),
        ("HOLDS_IF", "Holds if"),
        ("OUTDATED", "Outdated"),
        ("REFUTED", "Refuted"),
        ("OPINION", "Opinion"),
    ],
)
def test_a_ruling_is_a_word_of_its_own(kind, word):
    """Each ruling stands in its row as a word apart from the verdict."""
    summary = row_of(a_claim(ruling=a_ruling(kind=kind))).one("summary")

    assert summary.one("span", class_="ruling").one("span", class_="en").text == word


def test_a_confirmed_opinion_reads_measured():
    """An opinion is never called confirmed: where its measurement came out, its verdict reads measured."""
    row = row_of(a_claim(ruling=a_ruling(kind="OPINION")))

    assert row.one("summary").one("span", class_="v").one("span", class_="en").text == "Measured"


def test_a_claim_without_a_ruling_is_shown():
    """A claim whose module was refused for want of a ruling has its row all the same."""
    assert row_of(a_claim(ruling={}, verdict="NOT RUN")).has(data_ruling="")


def test_an_outdated_ruling_names_its_version():
    """A ruling that a sentence is outdated says since which version."""
    row = row_of(a_claim(ruling=a_ruling(kind="OUTDATED", since="3.14")))

    assert "since 3.14" in row.one("summary").text


def test_a_row_shows_where_the_tutorial_says_it():
    """Each assertion stands in its row with its id and its lines."""
    row = row_of(a_claim(assertions=[{"id": "fork.a", "lines": [39, 39]}, {"id": "fork.b", "lines": [45, 55]}]))

    first, second = row.one("ul", class_="assertions").each("li")

    assert "line 39" in first.text
    assert "fork.a" in first.text
    assert "lines 45\N{EN DASH}55" in second.text


@pytest.mark.parametrize(("holds", "words"), [(True, "met on this Python"), (False, "not met on this Python")])
def test_a_condition_says_whether_it_is_met(holds, words):
    """A condition stands in its row with the answer of its probe."""
    row = row_of(a_claim(ruling=a_ruling(kind="HOLDS_IF", condition="the GIL is on", probed=True, holds_here=holds)))

    assert "the GIL is on" in row.text
    assert row.one("em").one("span", class_="en").text == words


def test_circumstances_are_not_said_to_be_met():
    """Of a condition that the requirements bring about themselves its row says that both sides are required."""
    row = row_of(a_claim(ruling=a_ruling(kind="HOLDS_IF", condition="the parent still lives")))

    assert row.one("em").one("span", class_="en").text == "both sides are required below"


def test_a_ruling_brings_its_reason_and_correction():
    """The ruling's reason and its correction in both languages stand in the opened row."""
    correction = {"en": "It is forkserver now.", "zh": "现在是 forkserver。"}
    row = row_of(a_claim(ruling=a_ruling(kind="OUTDATED", because="The default changed.", correction=correction)))

    assert "The default changed." in row.text
    assert correction["en"] in row.text
    assert correction["zh"] in row.text


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("PEP 703", "https://peps.python.org/pep-0703/"),
        (
            "https://docs.python.org/3/library/os.html#os.fork",
            "https://docs.python.org/3/library/os.html#os.fork",
        ),
        ("changelog of 3.14", None),
        ("javascript:alert(1)", None),
        ("ftp://example.org/", None),
    ],
)
def test_only_peps_and_web_pages_become_links(reference, address):
    """A PEP and a web page are links; any other reference is its text."""
    references = row_of(a_claim(ruling=a_ruling(references=[reference]))).one("ul", class_="references")

    assert [link.attributes["href"] for link in references.each("a")] == ([address] if address else [])


def test_a_row_can_be_repeated_and_linked():
    """An opened row has the command that repeats it and a link to itself."""
    row = row_of(a_claim())

    assert row.one(class_="again").one("code").text == a_claim()["repeat"]
    assert row.one("a", class_="permalink").attributes["href"] == "#fork-returns-twice"
