"""Each kind of evidence has its title, and what is no drawing is a table or a text."""

import pytest

from spec.suite.report import evidences
from spec.suite.report.parts import cells, drawn


@pytest.mark.parametrize("evidence", evidences.EVERY_KIND, ids=lambda each: each["kind"])
def test_evidence_has_its_title(evidence):
    """Each kind of evidence stands under its title."""
    assert evidence["title"] in drawn(evidence).one("figcaption").text


def test_figures_are_a_table():
    """Figures are a table of names, values and units."""
    assert cells(drawn(evidences.FIGURES).one("table"))[:2] == [
        ["processor time by wall time", "1.00492", ""],
        ["turns", "18 412", "1/s"],
    ]


def test_a_tally_is_a_table_with_grades():
    """A tally is a table of outcomes with count, share, grade and meaning."""
    rows = cells(drawn(evidences.TALLY).one("table"))

    assert rows[0] == ["0", "19 988", "99.9 %", "acceptable可接受", "No change was lost."]
    assert [row[3][:11] for row in rows] == ["acceptable可", "interesting", "forbidden禁止"]


def test_an_interleaving_has_a_column_a_thread():
    """An interleaving is a table with one column a thread, and each step is in the column of its thread."""
    table = drawn(evidences.INTERLEAVING).one("table")
    columns = [1 + next(at for at, cell in enumerate(row[1:]) if cell) for row in cells(table)]

    assert [head.text for head in table.one("thead").each("th")][1:] == ["A", "B"]
    assert columns == [1, 2, 2, 1]
    assert "balance = before + 5" in cells(table)[2][2]
    assert "bank.py:8" in cells(table)[2][2]


def test_a_lost_write_is_marked():
    """A write that is lost says to which step, and that step says what it writes over."""
    steps = drawn(evidences.INTERLEAVING).one("table").each("div", class_="step")

    assert ["lost" in step.attributes["class"].split() for step in steps] == [False, False, True, False]
    assert "lost: step 4 writes over it" in steps[2].text
    assert "writes over step 3" in steps[3].text


def test_a_transcript_keeps_its_lines():
    """A transcript shows the command, every line as printed, and how the program ended."""
    figure = drawn(evidences.TRANSCRIPT)

    assert figure.one("pre").raw_text == evidences.TRANSCRIPT["text"]
    assert "python sample.py" in figure.text
    assert "exit code 0" in figure.text


@pytest.mark.parametrize(
    "evidence",
    [
        {"kind": "hologram", "title": "t", "depth": 3},
        {"kind": "figures", "title": "t", "depth": 3, "rows": [{"name": 0, "value": 1, "unit": ""}]},
        {"kind": "timeline", "title": 7, "depth": 3},
        {"kind": "tally", "title": "t", "depth": 3, "rows": [{"outcome": "0", "count": 1, "grade": "odd", "says": ""}]},
    ],
    ids=["kind", "name", "title", "grade"],
)
def test_unknown_evidence_is_shown_as_it_came(evidence):
    """Evidence of a kind or a shape that the report does not know is shown as its JSON text."""
    assert '"depth": 3' in drawn(evidence).one("pre").raw_text
