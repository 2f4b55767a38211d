"""A run told to a reader: how it ended, who waited for whom, and each step with its source and value."""

from __future__ import annotations

import linecache
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from concurrency_lib.interleavings import peeking, privacy
from concurrency_lib.interleavings.explored import callers_frame, place_of
from concurrency_lib.interleavings.operations import EVERYTHING
from concurrency_lib.interleavings.results import ExplorationError, Kind, Step, Wait

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from concurrency_lib.interleavings.operations import Operation
    from concurrency_lib.interleavings.runs import Run


LONGEST_TEXT = 40


class Verdict(NamedTuple):
    """How a run ended wrong."""

    kind: Kind
    says: str
    waits: tuple[Wait, ...] = ()


def verdict_on(run: Run, state: Any, invariant: Callable[[Any], bool], names: Sequence[str]) -> Verdict | None:
    """Return what went wrong in the run, or None."""
    if run.outcome == "deadlock":
        waits = in_cycle(run, names)
        return Verdict("deadlock", "; ".join(map(told, waits)), waits)
    if run.outcome == "endless":
        return Verdict("endless", f"not ended after {run.steps} steps")
    if run.raised:
        worker, error = run.raised
        return Verdict("exception", f"{names[worker]} raised {type(error).__name__}: {error}")
    try:
        holds = invariant(state)
    except AssertionError as error:
        return Verdict("invariant", f"the invariant does not hold: {error}")
    except Exception as error:
        raise ExplorationError(f"the invariant raised {type(error).__name__}: {error}") from error
    if holds is None:
        raise ExplorationError("the invariant returned None, expected whether it holds")
    return None if holds else Verdict("invariant", "the invariant does not hold")


def in_cycle(run: Run, names: Sequence[str]) -> tuple[Wait, ...]:
    """Return who waits for what: a cycle if there is one, in its order, and otherwise everyone."""
    waits = {
        worker: Wait(names[worker], str(primitive), tuple(names[o] for o in owners), operation.where)
        for worker, (operation, primitive, owners) in run.stuck.items()
    }
    for first in waits:
        path = [first]
        while (owners := run.stuck[path[-1]][2]) and owners[0] in waits and owners[0] not in path:
            path.append(owners[0])
        if owners and owners[0] == first:
            return tuple(waits[worker] for worker in path)
    return tuple(waits.values())


def told(wait: Wait) -> str:
    """Return the wait as a sentence."""
    held = f", held by {' and '.join(wait.owners)}" if wait.owners else ", which nobody is left to bring about"
    return f"{wait.worker} waits at {wait.where} for {wait.primitive}{held}"


class Recorder:
    """Writes down the steps of one run."""

    def __init__(self, names: Sequence[str]) -> None:
        self.steps: list[Step] = []
        self._names = names
        self._last: tuple[Operation, FrameType] | None = None

    def record(self, index: int, operation: Operation) -> None:
        """Write down a step, just before it happens."""
        self.finish()
        frame = callers_frame()
        where = operation.where or place_of(frame)
        file, _, line = where.rpartition(":")
        source = linecache.getline(file, int(line)).strip() if line.isdigit() else ""
        did = operation.name if operation.key == EVERYTHING else f"{operation.name} {operation.key}"
        self.steps.append(Step(index, self._names[index], where, source, did))
        self._last = operation, frame

    def finish(self) -> None:
        """Add the value to the last step, which has happened by now."""
        if self._last and self._last[0].name in ("read", "write"):
            value = value_of(self._last[0].key, self._last[1])
            if value is not peeking.UNKNOWN:
                self.steps[-1] = replace(self.steps[-1], value=shortened(value))
        self._last = None


def value_of(key: str, frame: FrameType) -> Any:
    """Return what a name, an attribute or an item of that name stands for, as far as the frame shows it."""
    value = peeking.named(key, frame)
    if value is not peeking.UNKNOWN:
        return value
    owners = list(frame.f_locals.values())
    found = [peeking.attribute(owner, key) for owner in owners]
    found += [owner[key[2:-2]] for owner in owners if type(owner) is dict and key[2:-2] in owner]
    known = [value for value in found if value is not peeking.UNKNOWN]
    return known[0] if len(known) == 1 else peeking.UNKNOWN


def shortened(value: Any) -> str:
    """Return a plain value as text, and of any other only its kind: its `repr` is the program's code."""
    text = repr(value) if privacy.plain(value) else f"a {type(value).__name__}"
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 3]}..."
