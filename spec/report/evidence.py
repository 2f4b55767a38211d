"""What a requirement observed: figures, timelines, tallies, interleavings, transcripts, series.

Evidence of a kind or shape that this report does not know is shown as a transcript of its JSON text.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured or counted value."""

    name: str
    value: str | float
    unit: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Values side by side."""

    kind: ClassVar[str] = "figures"
    title: str
    rows: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted, from `start` to `end`."""

    label: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at one moment."""

    label: str
    at: float


@dataclass(frozen=True, slots=True)
class Lane:
    """What one process, thread or task did."""

    name: str
    spans: tuple[Span, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Who did what when."""

    kind: ClassVar[str] = "timeline"
    title: str
    unit: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often one outcome was seen, and what it means."""

    outcome: str
    count: int
    grade: str
    says: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What really happened, counted; never a proof."""

    kind: ClassVar[str] = "tally"
    title: str
    rows: tuple[Outcome, ...]

    @property
    def total(self) -> int:
        """How many outcomes were seen in all."""
        return sum(row.count for row in self.rows)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one thread; where its write is lost, `lost_to` is the number of the step that writes over it."""

    thread: str
    where: str
    source: str
    operation: str
    lost_to: int


@dataclass(frozen=True, slots=True)
class Interleaving:
    """The steps of several threads in the one order in which they ran."""

    kind: ClassVar[str] = "interleaving"
    title: str
    threads: tuple[str, ...]
    steps: tuple[Step, ...]

    def lost_in(self, number: int) -> int:
        """The number of the step whose write this step loses; zero if it loses none."""
        return next((at for at, step in enumerate(self.steps, 1) if step.lost_to == number), 0)


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a program printed."""

    kind: ClassVar[str] = "transcript"
    title: str
    command: str
    text: str
    exit: str


@dataclass(frozen=True, slots=True)
class Axis:
    """What is measured along one side."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Line:
    """One named row of points."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A cost that grows, or does not."""

    kind: ClassVar[str] = "series"
    title: str
    x: Axis
    y: Axis
    lines: tuple[Line, ...]


Evidence = Figures | Timeline | Tally | Interleaving | Transcript | Series
