"""A producer and a consumer in one thread, and a note of each turn that either of them has."""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

from spec.support.evidence import Evidence, Step


class Turns:
    """Who did what, one after the other, from which line of which file, and in which thread."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.threads: set[int] = set()
        self._steps: list[Step] = []

    def note(self, who: str, what: str) -> None:
        """Note what somebody does now."""
        caller = sys._getframe(1)  # noqa: SLF001 - the documented way
        where = f"{Path(caller.f_code.co_filename).name}:{caller.f_lineno}"
        self.notes.append(f"{who} {what}")
        self.threads.add(threading.get_ident())
        self._steps.append(Step(who, where, what))

    def of(self, who: str) -> list[str]:
        """Return what one of them did."""
        return [step.source for step in self._steps if step.thread == who]

    def show(self, evidence: Evidence, title: str) -> None:
        """Draw a column for each of them."""
        evidence.interleaving(title, self._steps)


def squaring(turns: Turns) -> Generator[int | str, int, None]:
    """Take numbers, and answer each with its square."""
    answer: int | str = "ready"
    try:
        while True:
            number = yield answer
            turns.note("consumer", f"takes {number}")
            answer = number * number
    finally:
        turns.note("consumer", "tidies up")


def making(turns: Turns, numbers: Iterable[int]) -> Iterator[int]:
    """Make the numbers, each when it is asked for."""
    try:
        for number in numbers:
            turns.note("producer", f"makes {number}")
            yield number
    finally:
        turns.note("producer", "tidies up")


def supply(turns: Turns, consumer: Generator[int | str, int | None, None], numbers: Iterable[int]) -> None:
    """Start a consumer, send it the numbers, hear its answers, and close it."""
    consumer.send(None)
    for number in numbers:
        turns.note("producer", f"makes {number}")
        answer = consumer.send(number)
        turns.note("producer", f"hears {answer}")
    consumer.close()


def in_turn(numbers: Iterable[int]) -> list[str]:
    """Return what a pair notes that hands over number by number, as `supply` does with `squaring`."""
    return [
        f"{who} {what}"
        for number in numbers
        for who, what in (
            ("producer", f"makes {number}"),
            ("consumer", f"takes {number}"),
            ("producer", f"hears {number * number}"),
        )
    ]
