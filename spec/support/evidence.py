"""What a requirement observed, as small typed values that reach the report as ASCII JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Literal


@dataclass(frozen=True)
class Figure:
    """One number or word, with its unit."""

    name: str
    value: float | str
    unit: str = ""


def in_ms(seconds: float) -> float:
    """Return milliseconds, to a thousandth: enough for a drawing."""
    return round(seconds * 1000, 3)


@dataclass(frozen=True)
class Span:
    """Something that lasted, in the timeline's unit."""

    label: str
    start: float
    end: float


@dataclass(frozen=True)
class Event:
    """Something that happened at one moment, in the timeline's unit."""

    label: str
    at: float


@dataclass(frozen=True)
class Lane:
    """What one process, thread or task did."""

    name: str
    spans: Sequence[Span] = ()
    events: Sequence[Event] = ()


@dataclass(frozen=True)
class Outcome:
    """One outcome of a tally and how the specification grades it."""

    outcome: str
    count: int
    grade: Literal["acceptable", "interesting", "forbidden"]
    says: str


@dataclass(frozen=True)
class Step:
    """One step of an interleaving; `where` is file:line.

    Where it writes what another thread then overwrites without having seen it, `lost_to` is the number of that
    step, counted from 1.
    """

    thread: str
    where: str
    source: str
    operation: str = ""
    lost_to: int = 0


@dataclass(frozen=True)
class Axis:
    """A quantity and its unit."""

    name: str
    unit: str = ""


@dataclass(frozen=True)
class Line:
    """One named series of (x, y) points."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Figures:
    """A table of figures."""

    kind: ClassVar[str] = "figures"
    title: str
    rows: Sequence[Figure]


@dataclass(frozen=True)
class Timeline:
    """Lanes of spans and events on one time axis."""

    kind: ClassVar[str] = "timeline"
    title: str
    lanes: Sequence[Lane]
    unit: str = "s"


@dataclass(frozen=True)
class Tally:
    """How often each declared outcome was seen."""

    kind: ClassVar[str] = "tally"
    title: str
    rows: Sequence[Outcome]


@dataclass(frozen=True)
class Interleaving:
    """The order in which threads took their steps."""

    kind: ClassVar[str] = "interleaving"
    title: str
    threads: Sequence[str]
    steps: Sequence[Step]


@dataclass(frozen=True)
class Transcript:
    """What a program printed, and how it ended."""

    kind: ClassVar[str] = "transcript"
    title: str
    command: str
    text: str
    exit: str


@dataclass(frozen=True)
class Series:
    """A cost that grows with something."""

    kind: ClassVar[str] = "series"
    title: str
    x: Axis
    y: Axis
    lines: Sequence[Line]


Item = Figures | Timeline | Tally | Interleaving | Transcript | Series


@dataclass
class Evidence:
    """What one requirement has to show; handed out as the fixture `evidence`."""

    items: list[Item] = field(default_factory=list)

    def figures(self, title: str, rows: Mapping[str, tuple[float | str, str] | float | str]) -> None:
        """Show figures: name to value, or to value and unit."""
        pairs = ((name, row if isinstance(row, tuple) else (row, "")) for name, row in rows.items())
        self.items.append(Figures(title, [Figure(str(name), _figure(value), unit) for name, (value, unit) in pairs]))

    def timeline(self, title: str, lanes: Iterable[Lane], unit: str = "s") -> None:
        """Show who did what when."""
        self.items.append(Timeline(title, list(lanes), unit))

    def tally(self, title: str, rows: Iterable[Outcome]) -> None:
        """Show how often each declared outcome was seen."""
        self.items.append(Tally(title, list(rows)))

    def interleaving(self, title: str, steps: Sequence[Step]) -> None:
        """Show a schedule, a column a thread."""
        self.items.append(Interleaving(title, list(dict.fromkeys(step.thread for step in steps)), steps))

    def transcript(self, title: str, command: str, text: str, exit: object) -> None:  # noqa: A002
        """Show what a program printed."""
        self.items.append(Transcript(title, command, text, str(exit)))

    def series(self, title: str, x: Axis, y: Axis, lines: Iterable[Line]) -> None:
        """Show how one quantity grows with another."""
        self.items.append(Series(title, x, y, list(lines)))

    def as_json(self) -> str:
        """Write all of it as ASCII JSON: nothing else survives every way between two processes."""
        return json.dumps([as_data(item) for item in self.items], default=str)


def _figure(value: Any) -> float | str:
    """Put into words what JSON has no number for: `nan`, `inf`, `True`, `None`."""
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return value if number else str(value)


def as_data(item: Item) -> dict[str, Any]:
    """Turn a value into the dictionary of the run record."""
    return {"kind": item.kind, **asdict(item)}
