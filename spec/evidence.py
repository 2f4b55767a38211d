"""What a requirement observed, as small typed values: what a claim's module makes, and what the report draws.

A value of either holds sequences, such as lists where it was made and tuples where it was read from a run record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

Grade = Literal["acceptable", "interesting", "forbidden"]
GRADES: tuple[Grade, ...] = get_args(Grade)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured or counted value, or a word, with its unit."""

    name: str
    value: float | str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Values side by side."""

    kind: ClassVar[str] = "figures"
    title: str
    rows: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted, in the timeline's unit."""

    label: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at one moment, in the timeline's unit."""

    label: str
    at: float


@dataclass(frozen=True, slots=True)
class Lane:
    """What one process, thread or task did."""

    name: str
    spans: Sequence[Span] = ()
    events: Sequence[Event] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Who did what when: lanes of spans and events on one time axis."""

    kind: ClassVar[str] = "timeline"
    title: str
    lanes: Sequence[Lane]
    unit: str = "s"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often one outcome was seen, how the specification grades it, and what it means."""

    outcome: str
    count: int
    grade: Grade
    says: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each declared outcome was seen; never a proof."""

    kind: ClassVar[str] = "tally"
    title: str
    rows: Sequence[Outcome]

    @property
    def total(self) -> int:
        """How many outcomes were seen in all."""
        return sum(row.count for row in self.rows)


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Interleaving:
    """The steps of several threads in the one order in which they ran."""

    kind: ClassVar[str] = "interleaving"
    title: str
    threads: Sequence[str]
    steps: Sequence[Step]

    def lost_in(self, number: int) -> int:
        """The number of the step whose write this step loses; zero if it loses none."""
        return next((at for at, step in enumerate(self.steps, 1) if step.lost_to == number), 0)


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a program printed, and how it ended."""

    kind: ClassVar[str] = "transcript"
    title: str
    command: str
    text: str
    exit: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A quantity and its unit."""

    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One named series of (x, y) points."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Series:
    """A cost that grows with something, or does not."""

    kind: ClassVar[str] = "series"
    title: str
    x: Axis
    y: Axis
    lines: Sequence[Line]


Item = Figures | Timeline | Tally | Interleaving | Transcript | Series
