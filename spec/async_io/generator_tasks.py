"""Tasks for a round, and rounds that get it wrong."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Any, Self

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


def give_turns_and_fail(turns: RoundRobin, tasks: Mapping[str, Task], number: int) -> None:
    """Give a number of turns to tasks, in a block that fails."""
    with turns:
        for name, task in tasks.items():
            turns.spawn(name, task)
        for _ in range(number):
            turns.step()
        raise LookupError


class OneAfterTheOther:
    """Callables that run in this thread, each when the one before has ended."""

    def __init__(self, *functions: Callable[[], Any]) -> None:
        self._values = [function() for function in functions]

    def __enter__(self) -> list[Self]:
        return [self] * len(self._values)

    def __exit__(self, *_: object) -> None:
        pass

    def value(self) -> Any:
        """Return what the first came to."""
        return self._values[0]


def spawn_first(self: Any, name: str, task: Task) -> None:
    """Put a task in front of all others."""
    spawn(self, name, task)
    self._round.rotate(1)


def stop_at_an_error(self: Any) -> bool:
    """Give no more turns when a task has raised."""
    return not self.errors and step(self)


def close_backwards(self: Any) -> list[str]:
    """Close all, the last first."""
    self._round.reverse()
    return close_all(self)


def keep_without_name(self: Any, name: str, error: BaseException) -> BaseException:
    """Keep what a task raised, with a note of nobody's name."""
    return keep(self, "somebody", error) and self.errors.setdefault(name, self.errors.pop("somebody"))


spawn, step = RoundRobin.spawn, RoundRobin.step
close_all, keep = RoundRobin._close_all, RoundRobin._keep  # noqa: SLF001 - seams
