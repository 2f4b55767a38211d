"""A timeline as shapes: what stands where in the SVG that the template writes.

Labels never overlap: one that finds no room is left out of the drawing, and stands in the table beneath it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spec.evidence import Lane, Span, Timeline
from spec.report.plotting import plot
from spec.report.scales import Scale, Tick, is_drawn, scale_over, shortened, text_width

__all__ = ["plot", "timeline"]

WIDTH = 720
RIGHT = 12
LABEL_ROW, POINTER, BAR_ROW, GAP, AXIS = 13, 6, 19, 12, 26
COLOURS = 5
_MOST_LABEL_ROWS = 3
_MOST_BAR_ROWS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A span; its text is inside, and empty where the bar is too short for it."""

    x: float
    y: float
    width: float
    colour: int
    text: str
    says: str


@dataclass(frozen=True, slots=True)
class Mark:
    """An event, and its label if there is room: its text, its place and which end of it is there."""

    x: float
    says: str
    text: str
    text_x: float
    text_y: float
    turn: str


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane with its shapes; its bars lie between `top` and `bottom`."""

    name: str
    says: str
    top: float
    bottom: float
    bars: list[Bar]
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole timeline; the lanes' names stand left of `left`."""

    height: float
    left: float
    lanes: list[DrawnLane]
    ticks: list[Tick]
    width: float = WIDTH


def timeline(evidence: Timeline) -> Drawing | None:
    """The timeline's shapes; nothing when nothing in it has a time."""
    left = 16 + min(max((text_width(lane.name) for lane in evidence.lanes), default=0), 170)
    scale = scale_over(_moments(evidence), left, WIDTH - RIGHT)
    if scale is None:
        return None
    scale = Scale(scale.low, scale.high, scale.start, scale.end)
    colours = _colours(evidence)
    lanes: list[DrawnLane] = []
    for lane in evidence.lanes:
        lanes.append(_drawn(lane, lanes[-1].bottom + GAP if lanes else 4, scale, colours))
    return Drawing(lanes[-1].bottom + AXIS, left, lanes, scale.ticks())


def _moments(evidence: Timeline) -> Iterator[float]:
    for lane in evidence.lanes:
        for span in lane.spans:
            yield from (span.start, span.end)
        yield from (event.at for event in lane.events)


def _colours(evidence: Timeline) -> dict[str, int]:
    labels = dict.fromkeys(span.label for lane in evidence.lanes for span in lane.spans)
    return {label: number % COLOURS for number, label in enumerate(labels)}


def _drawn(lane: Lane, top: float, scale: Scale, colours: dict[str, int]) -> DrawnLane:
    marks, label_rows = _marks(lane, top, scale)
    bars_top = top + label_rows * LABEL_ROW + (POINTER if marks else 0)
    bars, bar_rows = _bars(lane, bars_top, scale, colours)
    name = shortened(lane.name, scale.start - 14)
    return DrawnLane(name, lane.name, bars_top, bars_top + bar_rows * BAR_ROW, bars, marks)


def _bars(lane: Lane, top: float, scale: Scale, colours: dict[str, int]) -> tuple[list[Bar], int]:
    bars, ends = [], list[float]()
    for span in sorted(filter(_is_drawn, lane.spans), key=lambda span: (span.start, -span.end)):
        row = next((at for at, end in enumerate(ends) if end <= span.start), len(ends))
        row = min(row, _MOST_BAR_ROWS - 1)
        ends[row : row + 1] = [span.end]
        bars.append(_bar(span, top + row * BAR_ROW, scale, colours[span.label]))
    return bars, len(ends)


def _bar(span: Span, y: float, scale: Scale, colour: int) -> Bar:
    x = scale.place(span.start)
    width = max(round(scale.place(span.end) - x, 1), 1.5)
    text = span.label if text_width(span.label) <= width - 6 else ""
    return Bar(x, y, width, colour, text, span.label)


def _is_drawn(span: Span) -> bool:
    return is_drawn(span.start) and is_drawn(span.end)


def _marks(lane: Lane, top: float, scale: Scale) -> tuple[list[Mark], int]:
    events = sorted((event for event in lane.events if is_drawn(event.at)), key=lambda event: event.at)
    placed, ends = [], list[float]()
    for event in events:
        x = scale.place(event.at)
        width = text_width(event.label)
        turn = "start" if x + width < WIDTH else "end"
        begin = x if turn == "start" else x - width
        row = next((at for at, end in enumerate(ends) if end + 6 <= begin), len(ends))
        if has_room := row < _MOST_LABEL_ROWS and begin >= scale.start - 4:
            ends[row : row + 1] = [begin + width]
        placed.append((x, event.label, row if has_room else -1, turn))
    rows = len(ends)
    bottom = top + rows * LABEL_ROW - 4
    marks = [_mark(x, label, bottom - row * LABEL_ROW, turn, shown=row >= 0) for x, label, row, turn in placed]
    return marks, rows


def _mark(x: float, label: str, y: float, turn: str, *, shown: bool) -> Mark:
    return Mark(x, label, label if shown else "", x, y, turn)
