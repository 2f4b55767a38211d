"""What claims about locks share: who asked, entered and left, and who was seen to wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from itertools import accumulate
from typing import Any, NamedTuple

from concurrency_lib.interleavings import Budget, Exploration, shown
from spec.support.deadlines import deadline, overdue, wait_until
from spec.support.evidence import Evidence, Lane, Span, Step, in_ms

FEW = Budget(schedules=30)  # more than any of these explorations needs, unless what it explores is broken
ENDING = {"asks": "enters", "enters": "leaves"}  # what ends the span that a note begins
LABEL = {"asks": "waits", "enters": "inside"}


class Note(NamedTuple):
    """A thread's name, what it did, and when, in seconds."""

    thread: str
    did: str
    at: float


class Visits:
    """Who asked for entry, entered and left, in this order: a visitor notes its entry inside, and so its leaving."""

    def __init__(self) -> None:
        self.notes: list[Note] = []

    def note(self, did: str) -> None:
        """Write down what the calling thread does now."""
        self.notes.append(Note(threading.current_thread().name, did, time.monotonic()))

    def of(self, did: str) -> list[str]:
        """Return the threads that did this, in their order."""
        return [note.thread for note in list(self.notes) if note.did == did]

    def until(self, did: str, times: int) -> None:
        """Wait until this was done so many times."""
        wait_until(lambda: len(self.of(did)) >= times, f"{times} times {did}")

    def sections(self) -> list[tuple[str, str]]:
        """Return the entering and leaving alone: thread and what it did."""
        return [(note.thread, note.did) for note in list(self.notes) if note.did != "asks"]

    def peak(self) -> int:
        """Return how many were inside at once, at the most."""
        steps = ({"enters": 1, "leaves": -1}[did] for _, did in self.sections())
        return max(accumulate(steps), default=0)

    def show(self, evidence: Evidence, title: str) -> None:
        """Draw a lane for each thread, with the time that it waited and the time that it was inside."""
        notes = list(self.notes)
        begin = min((note.at for note in notes), default=0.0)
        lanes: dict[str, list[Span]] = {note.thread: [] for note in notes}
        for number, note in enumerate(notes):
            ends = (n.at for n in notes[number:] if n.thread == note.thread and n.did == ENDING.get(note.did))
            if note.did in LABEL:
                end = next(ends, notes[-1].at)
                span = Span(LABEL[note.did], in_ms(note.at - begin), in_ms(end - begin))
                lanes[note.thread].append(span)
        evidence.timeline(title, [Lane(name, spans) for name, spans in lanes.items()], "ms")


def visit(visits: Visits, lock: Any, inside: Callable[[], object] = lambda: None) -> None:
    """Ask for the lock, enter, do something inside, and leave."""
    visits.note("asks")
    with lock:
        visits.note("enters")
        try:
            inside()
        finally:
            visits.note("leaves")


def alone_in_turn(sections: Sequence[tuple[str, str]]) -> bool:
    """Tell whether each entering is followed at once by the same thread's leaving."""
    pairs = zip(sections[::2], sections[1::2], strict=False)
    matched = all(one[0] == other[0] and (one[1], other[1]) == ("enters", "leaves") for one, other in pairs)
    return matched and len(sections) % 2 == 0


def passes(gate: threading.Event, what: str) -> None:
    """Wait until a gate opens, within the deadline."""
    if not gate.wait(deadline()):
        raise overdue(what)


def let_go(*locks: Any) -> None:
    """Let go of the locks that anybody holds, whoever that is."""
    for lock in locks:
        with suppress(RuntimeError):  # which says that nobody does
            lock.release()


def enter(block: AbstractContextManager[object]) -> None:
    """Begin a block, and end it."""
    with block:
        pass


def show_schedule(evidence: Evidence, title: str, failure: Any) -> None:
    """Show the steps of a schedule that ends wrong, a column a thread."""
    evidence.interleaving(title, [Step(**step._asdict()) for step in shown(failure)])


def show_exploration(evidence: Evidence, title: str, found: Exploration) -> None:
    """Show how many schedules were run, and how they ended."""
    rows: dict[str, Any] = {
        "schedules run": found.schedules,
        "of which end wrong": found.failures,
        "of which are deadlocks": found.deadlocks,
        "every schedule was run": found.exhausted,
    }
    evidence.figures(title, rows)
