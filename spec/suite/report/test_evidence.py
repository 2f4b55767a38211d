"""Evidence is drawn, and can be read without seeing the drawing."""

import pytest

from spec.report import render
from spec.suite.report import evidences
from spec.suite.report.pages import read_page
from spec.suite.report.records import a_case, a_claim, a_requirement, small_record


def drawn(evidence):
    """The figure that the page shows for one piece of evidence."""
    requirement = a_requirement(cases=[a_case(evidence=[evidence])])
    return read_page(render(small_record(claims=[a_claim(requirements=[requirement])]))).one("figure")


def cells(table):
    """The rows of a table's body as lists of texts."""
    return [[cell.text for cell in row.each() if cell.tag in {"th", "td"}] for row in table.one("tbody").each("tr")]


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


def test_moments_far_from_zero_are_told_apart():
    """The ticks of a timeline have as many digits as it takes to tell them apart."""
    spans = [{"label": "runs", "start": 86400.001, "end": 86400.002}]
    lanes = [{"name": "A", "spans": spans, "events": []}]
    svg = drawn({"kind": "timeline", "title": "t", "unit": "s", "lanes": lanes}).one("svg", role="img")
    ticks = [tick.text for tick in svg.each("text", class_="tick")]

    assert len(set(ticks)) == len(ticks) > 2


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


@pytest.mark.parametrize("evidence", [evidences.TIMELINE, evidences.SERIES], ids=lambda each: each["kind"])
def test_a_drawing_has_a_text_alternative(evidence):
    """A drawing is an image with a title and a description for who cannot see it."""
    svg = drawn(evidence).one("svg", role="img")

    assert svg.each("title")[0].text == evidence["title"]
    assert svg.one("desc").text


def test_a_timeline_is_a_table_too():
    """All spans and events of a timeline stand in the table beneath it."""
    rows = cells(drawn(evidences.TIMELINE).one("table"))

    assert rows[0] == ["Thread-1 (pay)", "holds the lock", "0", "0.02"]
    assert rows[2] == ["Thread-1 (pay)", "reads balance", "0.005", ""]
    assert len(rows) == 7


def test_a_timeline_lies_inside_its_frame():
    """Every span of a timeline lies inside the drawing, and none is too narrow to be seen."""
    rectangles = drawn(evidences.TIMELINE).one("svg", role="img").each("rect")

    assert len(rectangles) == 4
    for rectangle in rectangles:
        x, width = float(rectangle.attributes["x"]), float(rectangle.attributes["width"])
        assert width >= 1.5
        assert 0 <= x <= x + width <= 720


def test_a_series_is_a_table_too():
    """All points of a series stand in the table beneath it."""
    assert cells(drawn(evidences.SERIES).one("table"))[1] == ["threads", "10", "4.4"]


def test_lines_of_a_series_are_named_at_their_ends():
    """Each line of a series is drawn with its name beside it."""
    curves = drawn(evidences.SERIES).one("svg", role="img").each("g", class_="curve")

    assert [curve.one("text").text for curve in curves] == ["threads", "coroutines"]


@pytest.mark.parametrize(
    "evidence",
    [
        {"kind": "timeline", "title": "t", "unit": "s", "lanes": []},
        {"kind": "timeline", "title": "t", "unit": "s", "lanes": [{"name": "A", "spans": [], "events": []}]},
        {"kind": "series", "title": "t", "lines": []},
        {"kind": "series", "title": "t", "lines": [{"name": "a", "points": []}]},
        {"kind": "series", "title": "t", "lines": [{"name": "a", "points": [[1, float("nan")]]}]},
    ],
    ids=["no lane", "empty lane", "no line", "no point", "no number"],
)
def test_an_empty_drawing_says_so(evidence):
    """A timeline or series without anything to draw says that nothing was recorded."""
    assert "nothing recorded" in drawn(evidence).text


@pytest.mark.parametrize(
    "points",
    [
        [[1, 5]],
        [[0, 0], [0, 0]],
        [[-3, -1], [4, 1e300]],
        [[0, 0], [5e-324, 5e-324]],
        [[-1e308, -1], [0, 0], [1e308, 1]],
        [[1, 1e-9], [1e6, 1e9]],
        [[1e16, 3], [1e16 + 2, 4]],
        [[2, float("inf")], [3, 4]],
    ],
    ids=["one", "all the same", "huge", "tiny", "far", "magnitudes apart", "nearly the same", "infinite"],
)
def test_any_points_can_be_drawn(points):
    """Points that are alone, equal, huge, tiny or infinite are drawn inside the frame or left out."""
    evidence = {"kind": "series", "title": "t", "lines": [{"name": "a", "points": points}]}
    line = drawn(evidence).one("polyline").attributes["points"]
    places = [tuple(map(float, pair.split(","))) for pair in line.split()]

    assert all(0 <= x <= 720 and 0 <= y <= 300 for x, y in places)


@pytest.mark.parametrize(
    "evidence",
    [
        {"kind": "hologram", "title": "t", "depth": 3},
        {"kind": "figures", "title": "t", "depth": 3, "rows": [{"name": 0, "value": 1, "unit": ""}]},
        {"kind": "timeline", "title": 7, "depth": 3},
    ],
    ids=["kind", "name", "title"],
)
def test_unknown_evidence_is_shown_as_it_came(evidence):
    """Evidence of a kind or a shape that the report does not know is shown as its JSON text."""
    assert '"depth": 3' in drawn(evidence).one("pre").raw_text
