"""Whatever text a record holds, the page shows it and never obeys it."""

import json

import pytest

from spec.report import render
from spec.suite.report.evidences import EVERY_KIND
from spec.suite.report.pages import read_page
from spec.suite.report.records import a_case, a_claim, a_requirement, a_ruling, a_saboteur, an_opinion, small_record

CHOSEN = {"kind", "verdict", "outcome", "grade"}
HOSTILE = """<script>alert('x')</script>"'&amp;</style><!--"""


def filled(value, text):
    """The value with each of its texts replaced, but for the words that a record chooses from a list."""
    if isinstance(value, str):
        return text
    if isinstance(value, list):
        return [filled(item, text) for item in value]
    if isinstance(value, dict):
        return {name: item if name in CHOSEN else filled(item, text) for name, item in value.items()}
    return value


def full_record():
    """A record in which every list has something in it."""
    requirement = a_requirement(cases=[a_case(name="spawn", evidence=list(EVERY_KIND))])
    claim = a_claim(
        requirements=[requirement],
        saboteurs=[a_saboteur()],
        ruling=a_ruling(kind="OUTDATED", references=["PEP 1"]),
        verdict="DEVIATES",
    )
    return small_record(
        claims=[claim],
        faults=[{"where": "test_x.py", "kind": "leak", "says": "a thread"}],
        opinions=[an_opinion()],
    )


def test_markup_in_any_text_is_shown_as_text():
    """Markup in all texts of a record adds no element to the page, and is shown."""
    plain, hostile = (read_page(render(filled(full_record(), text))) for text in ("x" * len(HOSTILE), HOSTILE))

    assert [element.tag for element in hostile.each()] == [element.tag for element in plain.each()]
    assert HOSTILE in hostile.one("main").raw_text


def test_no_attribute_lets_a_text_out():
    """No text of a record gets out of the attribute that it stands in."""
    plain, hostile = (read_page(render(filled(full_record(), text))) for text in ("plain", '" onclick="alert(1)'))

    assert [sorted(each.attributes) for each in hostile.each()] == [sorted(each.attributes) for each in plain.each()]


@pytest.mark.parametrize(
    ("unseen", "shown"),
    [
        ("\ud800", r"\ud800"),
        ("\udfff", r"\udfff"),
        ("\x00", r"\x00"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\r", r"\r"),
        ("\x7f", r"\x7f"),
        ("\x85", r"\x85"),
        ("\u202e", r"\u202e"),
        ("\uffff", r"\uffff"),
    ],
    ids=[
        "high surrogate",
        "low surrogate",
        "null",
        "escape",
        "return",
        "delete",
        "next line",
        "override",
        "last",
    ],
)
def test_what_cannot_be_seen_is_written_out(unseen, shown):
    """A character that cannot be seen, or that UTF-8 cannot carry, is in the page as its escape."""
    html = render(filled(full_record(), f"a{unseen}b"))

    assert unseen not in html
    assert f"a{shown}b" in read_page(html).one("main").text


def test_the_page_is_valid_utf_8():
    """A lone surrogate that comes in as ASCII JSON does not keep the page from being written as UTF-8."""
    record = json.loads(json.dumps(filled(full_record(), "\ud800 😀 \udc00")))

    assert "\\ud800 😀 \\udc00" in render(record).encode("utf-8").decode("utf-8")


def test_lines_of_a_text_stay_lines():
    """The lines and the indentation of a reason, a fault and a transcript are kept."""
    page = read_page(render(filled(full_record(), "first\n    second")))

    assert all("first\n    second" in pre.raw_text for pre in page.each("pre"))
    assert len(page.each("pre")) >= 4
