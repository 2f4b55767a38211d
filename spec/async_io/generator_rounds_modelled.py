"""A model of what must come of a round whose tasks do what their plans say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

Log = list[str]


class TaskPlan(NamedTuple):
    """What a task spawns in each turn but its last, if anything; how it ends; and what it does when it is closed."""

    spawns: Sequence[Any]
    raises: bool
    when_closed: str


class RoundModel:
    """What a round is: the tasks in the order of their next turns, and how far each has got."""

    def __init__(self, log: Log) -> None:
        self.results: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self._log = log
        self._names: set[str] = set()
        self._round: list[tuple[str, TaskPlan, int]] = []
        self._closed = False

    def spawn(self, name: str, plan: TaskPlan) -> Any:
        """Add a task at the end."""
        if self._closed or name in self._names:
            return "RuntimeError" if self._closed else "ValueError"
        self._names.add(name)
        self._round.append((name, plan, 0))
        return None

    def step(self) -> bool:
        """Take the first, and put it at the end if it has not ended."""
        if not self._round:
            return False
        name, plan, turn = self._round.pop(0)
        if turn < len(plan.spawns):
            self._log.append(f"{name} {turn}")
            if plan.spawns[turn] is not None:
                self.spawn(f"{name}.{turn}", plan.spawns[turn])
            self._round.append((name, plan, turn + 1))
            return True
        self._log.append(f"{name} ends")
        if plan.raises:
            self.errors[name] = "Refused"
        else:
            self.results[name] = f"value of {name}"
        return True

    def run(self) -> Any:
        """Go on until nobody is left."""
        while self.step():
            pass
        return [f"{error} in task {name}" for name, error in self.errors.items()] or {**self.results}

    def close(self) -> Any:
        """End them in order; those that never began do not notice."""
        self._closed, closed, told = True, [name for name, _, _ in self._round], []
        for name, plan, turn in self._round:
            if turn:
                self._log.append(f"{name} is closed")
            if turn and plan.when_closed in ("raises", "yields"):
                self.errors[name] = {"raises": "Refused", "yields": "Stubborn"}[plan.when_closed]
                told.append(f"{self.errors[name]} in task {name}")
        self._round = []
        return told or closed
