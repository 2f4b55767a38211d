"""What those count who stop after each step, by a model; and generators that count in another way than they are to."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Any

STEPS = 4
MEMBERS = 3

Log = list[tuple[int | str, int]]
Counting = Generator[None, Any, None]


def model(turns: Iterable[int]) -> Log:
    """Return who counts what when they are let go on in these turns."""
    counts, log = [0] * MEMBERS, Log()
    for turn in turns:
        if counts[turn] < STEPS:
            counts[turn] += 1
            log.append((turn, counts[turn]))
    return log


def with_one_count() -> Callable[[int | str, Log], Counting]:
    """Make a generator function whose generators have one count for all."""
    count = 0

    def counting(name: int | str, log: Log) -> Counting:
        nonlocal count
        for _ in range(STEPS):
            count += 1
            log.append((name, count))
            yield

    return counting


def without_stop(name: int | str, log: Log) -> Counting:
    """Make both steps before the first stop."""
    log += [(name, 1), (name, 2)]
    yield
    yield


class Anew:
    """Begins at its beginning each time that it is let go on."""

    def __init__(self, name: int | str, log: Log) -> None:
        self._name, self._log = name, log

    def send(self, _: None) -> None:
        """Make the first step."""
        self._log.append((self._name, 1))

    def close(self) -> None:
        """Do nothing."""
