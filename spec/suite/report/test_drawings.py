"""A timeline or a series is drawn to scale inside its frame, and is a table too."""

import pytest

from spec.suite.report import evidences
from spec.suite.report.parts import cells, drawn


def test_moments_far_from_zero_are_told_apart():
    """The ticks of a timeline have as many digits as it takes to tell them apart."""
    spans = [{"label": "runs", "start": 86400.001, "end": 86400.002}]
    lanes = [{"name": "A", "spans": spans, "events": []}]
    svg = drawn({"kind": "timeline", "title": "t", "unit": "s", "lanes": lanes}).one("svg", role="img")
    ticks = [tick.text for tick in svg.each("text", class_="tick")]

    assert len(set(ticks)) == len(ticks) > 2


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
