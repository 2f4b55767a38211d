"""What a round of the library does, done wrong: put in the place of its methods."""

from __future__ import annotations

from typing import Any

from concurrency_lib.coroutines import RoundRobin
from spec.async_io.generator_tasks import Task


def spawn_first(self: Any, name: str, task: Task) -> None:
    """Put a task in front of all others."""
    spawn(self, name, task)
    self._round.rotate(1)


def stop_at_an_error(self: Any) -> bool:
    """Give no more turns when a task has raised."""
    return not self.errors and step(self)


def give_one_turn_each(self: Any) -> bool:
    """Give a task one turn, and then forget it."""
    if self._round:
        _, task = self._round.popleft()
        next(task)
        return True
    return False


def close_backwards(self: Any) -> list[str]:
    """Close all, the last first."""
    self._round.reverse()
    return close_all(self)


def keep_without_name(self: Any, name: str, error: BaseException) -> BaseException:
    """Keep what a task raised, with a note of nobody's name."""
    return keep(self, "somebody", error) and self.errors.setdefault(name, self.errors.pop("somebody"))


spawn, step = RoundRobin.spawn, RoundRobin.step
close_all, keep = RoundRobin._close_all, RoundRobin._keep  # noqa: SLF001 - seams
