"""Pool: many tasks on a few worker processes, with a record of who ran what, and when."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from concurrency_lib._crew import Crew
from concurrency_lib._remote import RemoteError, RemoteTraceback, pack, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from concurrency_lib._contexts import Context

__all__ = ["PoolRun", "RemoteError", "RemoteTraceback", "TaskRun", "WorkerDied", "run_tasks"]

Item = TypeVar("Item")
Value = TypeVar("Value")


class WorkerDied(Exception):
    """A worker process died, and the tasks with the indices `unfinished` are without a result."""

    def __init__(self, unfinished: list[int]) -> None:
        super().__init__(unfinished)
        self.unfinished = unfinished

    def __str__(self) -> str:
        return f"a worker process died, unfinished tasks: {', '.join(map(str, self.unfinished))}"


@dataclass(frozen=True)
class TaskRun:
    """Where and when a task ran, in seconds of `time.monotonic`, which all processes of a machine share."""

    index: int
    pid: int
    started: float
    ended: float


@dataclass(frozen=True)
class PoolRun(Generic[Value]):
    """The values of the tasks, and how these ran; both in the order of the items."""

    results: list[Value]
    timeline: list[TaskRun]


def run_tasks(
    function: Callable[[Item], Value],
    items: Iterable[Item],
    *,
    workers: int,
    mp_context: Context | None = None,
) -> PoolRun[Value]:
    """Run `function(item)` for each item, in at most `workers` processes, and return when these have ended.

    `mp_context` is a multiprocessing context, or anything with its Process and Pipe. Whichever it is,
    function and items are pickled; this raises PicklingError if that cannot be done, and then nothing
    runs.

    Raises a task's exception, with the worker's traceback as its cause (as RemoteError if it cannot be
    pickled), after the tasks in progress have ended and without beginning others; of several, the first
    in the order of the items. Raises WorkerDied as soon as a worker dies, and ValueError for less than
    one worker.
    """
    if workers < 1:
        raise ValueError(f"workers: expected at least 1, got {workers}")
    tasks = [pack((function, item), f"task {index}") for index, item in enumerate(items)]
    with Crew(mp_context or multiprocessing) as crew:
        crew.hire(min(workers, len(tasks)))
        answers = crew.work_off(tasks)
    finished = {index: answer for index, answer in sorted(answers.items()) if answer}
    if len(finished) < len(answers):
        raise WorkerDied([index for index in range(len(tasks)) if index not in finished])
    run: PoolRun[Value] = PoolRun([], [])
    for index, answer in finished.items():
        run.results.append(settle(answer.outcome, f"task {index}"))
        run.timeline.append(TaskRun(index, answer.pid, answer.started, answer.ended))
    return run
