"""Tasks for a round of the library, and rounds of them."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from concurrency_lib.coroutines import RoundRobin
from spec.async_io.generator_pairs import Turns

Task = Generator[Any, Any, Any]


def counting(turns: Turns, who: str, last: int) -> Task:
    """Note each of the turns."""
    for turn in range(last):
        turns.note(who, f"turn {turn + 1}")
        yield
    turns.note(who, "is done")
    return last


def failing(error: BaseException) -> Task:
    """Raise in the second turn."""
    yield
    raise error


def waiting(notes: list[str], name: str) -> Task:
    """Wait for ever, and note the end."""
    try:
        while True:
            yield
    finally:
        notes.append(name)


def round_of(tasks: Mapping[str, Task]) -> RoundRobin:
    """Make a round of tasks, each under its name."""
    turns = RoundRobin()
    for name, task in tasks.items():
        turns.spawn(name, task)
    return turns


def give_turns_and_fail(turns: RoundRobin, number: int) -> None:
    """Give a number of turns to the tasks, in a block that fails."""
    with turns:
        for _ in range(number):
            turns.step()
        raise LookupError
