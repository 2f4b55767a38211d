"""The checklist can be narrowed down by verdict, ruling, chapter and text."""

from spec.report import render
from spec.suite.report.pages import read_page
from spec.suite.report.records import RULINGS, VERDICTS, a_claim, a_ruling, an_opinion, small_record


def test_a_row_carries_what_it_is_filtered_by():
    """A row carries its verdict, its ruling and its chapter for the filters."""
    claim = a_claim(verdict="CORRECTED", ruling=a_ruling(kind="OUTDATED"), chapter="async_io")
    row = read_page(render(small_record(claims=[claim]))).one("details", id=claim["id"])

    assert row.has(class_="row", data_verdict="CORRECTED", data_ruling="OUTDATED", data_chapter="async_io")


def test_an_opinion_without_a_claim_is_a_row_too():
    """An assertion with nothing to measure is a row that the filter for opinions finds."""
    row = read_page(render(small_record(opinions=[an_opinion(id="fork.easy")]))).one(id="fork.easy")

    assert row.has(class_="row", data_ruling="OPINION", data_chapter="processes")
    assert "taste" in row.text


def test_there_is_a_choice_for_each_verdict_ruling_and_chapter():
    """The filters offer each verdict, each ruling, and the chapters that occur in the document's order."""
    claims = [a_claim(id="b", chapter="threads"), a_claim(id="a", chapter="a new one")]
    form = read_page(render(small_record(claims=claims))).one("form", class_="filters")
    offered = {
        each.attributes["name"]: [option.attributes["value"] for option in each.each("option")]
        for each in form.each("select")
    }

    assert {chip.attributes["data-choice"] for chip in form.each("button", class_="chip")} == set(VERDICTS)
    assert offered == {"ruling": ["", *RULINGS], "chapter": ["", "threads", "a new one"]}


def test_controls_that_need_a_script_are_hidden_without_one():
    """The filters, the switches and the copy buttons are hidden until the script shows them."""
    page = read_page(render(small_record()))
    controls = [
        page.one("form", class_="filters"),
        page.one(class_="switches"),
        *page.each("button", class_="copy"),
    ]

    assert all(control.has(hidden=True) for control in controls)


def test_the_count_of_rows_is_announced():
    """The number of rows that are shown is in a region that a screen reader announces."""
    form = read_page(render(small_record())).one("form", class_="filters")

    assert form.one("output")
    assert form.one(role="status", aria_live="polite")


def test_every_field_has_a_label():
    """Every field of the filters stands in its label."""
    form = read_page(render(small_record())).one("form", class_="filters")
    labelled = [field for label in form.each("label") for field in label.each() if field.tag in {"input", "select"}]

    assert len(labelled) == len(form.each("input")) + len(form.each("select")) == 3


def test_ids_are_unique():
    """No two elements of the page share an id."""
    ids = [each.attributes["id"] for each in read_page(render(small_record())).each(id=True)]

    assert sorted(ids) == sorted(set(ids))
