"""What an exploration answers, and what it raises: all of it plain data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Granularity = Literal["shared", "opcode", "polls", "awaits"]
Kind = Literal["invariant", "exception", "deadlock", "endless"]


class ExplorationError(Exception):
    """The exploration cannot answer; its text says why."""


class Nondeterministic(ExplorationError):
    """The same choices led elsewhere: a run did not repeat what the run before it had done."""

    def __init__(self, step: int, expected: object, actual: object) -> None:
        super().__init__(step, expected, actual)
        self.step, self.expected, self.actual = step, expected, actual

    def __str__(self) -> str:
        return (
            f"nondeterministic at step {self.step}: "
            f"expected {_told(self.expected)}, found {_told(self.actual)}; "
            "does setup make everything anew that the workers change?"
        )


class Uncontrolled(ExplorationError):
    """A worker did something that the explorer cannot schedule: it blocks, or starts a thread."""


@dataclass(frozen=True)
class Budget:
    """Where an exploration stops at the latest; `steps` is the longest run that counts as one that ends."""

    schedules: int | None = None
    seconds: float | None = 60.0
    steps: int = 2_000


@dataclass(frozen=True)
class Schedule:
    """Who takes each step, as plain data: it means the same in another process."""

    turns: tuple[int, ...]
    granularity: Granularity = "shared"
    shared: tuple[str, ...] | None = None
    written: tuple[str, ...] = ()

    def as_text(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Schedule:
        """Read what `as_text` wrote."""
        data = json.loads(text)
        shared = data["shared"]
        return cls(
            tuple(data["turns"]),
            data["granularity"],
            None if shared is None else tuple(shared),
            tuple(data["written"]),
        )


@dataclass(frozen=True)
class Step:
    """One step of a run: worker, file:line with its source, operation, the value read or written."""

    worker: int
    thread: str
    where: str
    source: str
    operation: str
    value: str = ""


@dataclass(frozen=True)
class Wait:
    """A worker that waits for a primitive, and the workers that would have to act for it to go on."""

    worker: str
    primitive: str
    owners: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Failure:
    """One schedule that ended wrong: how, in a sentence, and step by step."""

    kind: Kind
    says: str
    schedule: Schedule
    steps: tuple[Step, ...] = ()
    waits: tuple[Wait, ...] = ()  # of a deadlock: who waits for what; a cycle first, in its order


@dataclass(frozen=True)
class Exploration:
    """What was found; `exhausted` only if every schedule at the granularity, within the bound, was run."""

    schedules: int
    pruned: int  # runs given up since whatever could follow was equivalent to a run already made
    failures: int  # schedules that ended wrong, deadlocks included
    deadlocks: int
    exhausted: bool
    stopped_by: str  # why it is not exhausted, or nothing
    granularity: Granularity
    bound: int | None
    failure: Failure | None  # the one with the fewest switches between workers, then the fewest steps
    deadlock: Failure | None
    outcomes: Mapping[object, int] = field(default_factory=dict)  # what `observe` returned, and how often
    assumptions: tuple[str, ...] = ()


def _told(what: object) -> str:
    if isinstance(what, dict):
        return ", ".join(f"worker {worker} {operation}" for worker, operation in what.items()) or "the end"
    return f"worker {what}" if isinstance(what, int) else str(what)
