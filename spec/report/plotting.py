"""A series as shapes: axes, and lines told apart by dash, mark and name as well as by colour."""

from collections.abc import Iterable
from dataclasses import dataclass

from spec.evidence import Line, Series
from spec.report.scales import Scale, Tick, is_drawn, scale_over, shortened, text_width

WIDTH, HEIGHT = 720, 300
TOP, BOTTOM = 26, 256
STYLES = 5
NAME_ROW = 14
MOST_MARKS = 40

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of the series; `points` is written for SVG, and `style` picks colour, dash and mark."""

    name: str
    says: str
    name_y: float
    style: int
    points: str
    marks: list[Point]


@dataclass(frozen=True, slots=True)
class Plot:
    """A whole series; the plane lies between `left` and `right`, `top` and `bottom`."""

    left: float
    right: float
    xs: list[Tick]
    ys: list[Tick]
    curves: list[Curve]
    x_is_logarithmic: bool
    y_is_logarithmic: bool
    width: float = WIDTH
    height: float = HEIGHT
    top: float = TOP
    bottom: float = BOTTOM


def plot(evidence: Series) -> Plot | None:
    """The shapes of the series; nothing when it has no point to draw."""
    lines = [Line(line.name, tuple(filter(_is_drawn, line.points))) for line in evidence.lines]
    points = [point for line in lines for point in line.points]
    y = scale_over((at for _, at in points), BOTTOM, TOP, from_zero=True)
    if y is None:
        return None
    ticks = y.ticks()
    left = 14 + max((text_width(tick.text) for tick in ticks), default=0)
    right = WIDTH - 16 - min(max(text_width(line.name) for line in lines), 190)
    x = scale_over((at for at, _ in points), left, right) or Scale(0, 1, left, right)
    return Plot(left, right, x.ticks(), ticks, _curves(lines, x, y), x.logarithmic, y.logarithmic)


def _curves(lines: list[Line], x: Scale, y: Scale) -> list[Curve]:
    placed = [[(x.place(across), y.place(up)) for across, up in line.points] for line in lines]
    names = _apart([points[-1][1] if points else BOTTOM for points in placed])
    room = WIDTH - x.end - 16
    return [
        Curve(shortened(line.name, room), line.name, name_y, number % STYLES, _written(points), _marked(points))
        for number, (line, points, name_y) in enumerate(zip(lines, placed, names, strict=True))
    ]


def _apart(wanted: list[float]) -> list[float]:
    given, lowest = list(wanted), float(TOP - NAME_ROW)
    for number in sorted(range(len(wanted)), key=wanted.__getitem__):
        given[number] = lowest = max(wanted[number], lowest + NAME_ROW)
    return given


def _written(points: Iterable[Point]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _marked(points: list[Point]) -> list[Point]:
    return points if len(points) <= MOST_MARKS else []


def _is_drawn(point: Point) -> bool:
    return all(map(is_drawn, point))
