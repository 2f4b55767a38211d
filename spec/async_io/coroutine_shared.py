"""Tasks that change or check what they share: explored in every order in which a loop may let them go on."""

from __future__ import annotations

import asyncio
import linecache
import sys
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from concurrency_lib.interleavings import Exploration, explore_tasks, replay_tasks
from spec.async_io.loop_groups import grouped
from spec.support.evidence import Evidence, Outcome, Step

Task = Callable[[Any], Coroutine[Any, Any, None]]


class Shared:
    """What the tasks share: a number, and a lock."""

    def __init__(self) -> None:
        self.number = 0
        self.lock = asyncio.Lock()


class Watched(Shared):
    """The same, with a note of every task that reads or writes the number: in which line, and what."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._tasks: list[Any] = []
        self._number = 0
        self.lock = asyncio.Lock()

    @property
    def number(self) -> int:  # type: ignore[override]  # the number, watched
        """The number."""
        self._note(f"read {self._number}")
        return self._number

    @number.setter
    def number(self, number: int) -> None:
        self._note(f"write {number}")
        self._number = number

    def _note(self, operation: str) -> None:
        task, frame = asyncio.current_task(), sys._getframe(2)  # noqa: SLF001 - there is no other way to the line
        if task not in self._tasks:
            self._tasks.append(task)
        file, line = frame.f_code.co_filename, frame.f_lineno
        name = f"task {self._tasks.index(task) + 1}"
        self.steps.append(Step(name, f"{Path(file).name}:{line}", linecache.getline(file, line).strip(), operation))


async def again_in_tasks(change: Task, tasks: int, times: int) -> int:
    """Let so many tasks of a loop make a change so many times each; return the number in the end."""
    shared = Shared()

    async def again_and_again() -> None:
        for _ in range(times):
            await change(shared)

    await grouped(*(again_and_again() for _ in range(tasks)))
    return shared.number


def every_order(*tasks: Task, wanted: int) -> Exploration:
    """Explore the tasks; an order ends wrong where the number in the end is not the one that is wanted."""
    return explore_tasks(Shared, tasks, lambda shared: shared.number == wanted, observe=lambda shared: shared.number)


def show(evidence: Evidence, title: str, found: Exploration, tasks: Sequence[Task], wanted: int) -> None:
    """Show in how many orders each number was left, and the wrong order with the fewest switches."""
    rows: list[Any] = sorted(found.outcomes.items(), key=str)
    graded = {True: ("acceptable", "as wanted"), False: ("interesting", "a task went by what was true no more")}
    outcomes: list[Any] = [(f"{number} in the end", count, *graded[number == wanted]) for number, count in rows]
    evidence.tally(title, [Outcome(*outcome) for outcome in outcomes])
    if found.failure:
        watched = Watched()
        replay_tasks(lambda: watched, tasks, lambda _: True, found.failure.schedule)
        evidence.interleaving("the wrong order with the fewest switches", with_losses(watched.steps))


def with_losses(steps: Sequence[Step]) -> list[Step]:
    """Mark each write over which another task writes that had read before it, and not since."""
    marked = list(steps)
    writes = [at for at, step in enumerate(steps) if step.operation.startswith("write")]
    for earlier, later in pairwise(writes):
        reads = [at for at, step in enumerate(steps[:later]) if step.thread == steps[later].thread]
        if steps[earlier].thread != steps[later].thread and (not reads or reads[-1] < earlier):
            marked[earlier] = replace(steps[earlier], lost_to=later + 1)
    return marked
