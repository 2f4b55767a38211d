"""What a requirement has to show: gathered while it runs, and carried to the run record as ASCII JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from spec.evidence import (
    Axis,
    Event,
    Figure,
    Figures,
    Interleaving,
    Item,
    Lane,
    Line,
    Outcome,
    Series,
    Span,
    Step,
    Tally,
    Timeline,
    Transcript,
)

__all__ = ["Axis", "Event", "Evidence", "Lane", "Line", "Outcome", "Span", "Step", "as_data", "in_ms"]


def in_ms(seconds: float) -> float:
    """Return milliseconds, to a thousandth: enough for a drawing."""
    return round(seconds * 1000, 3)


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
