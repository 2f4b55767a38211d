"""Pool: many tasks on a few worker processes, with a record of who ran what, and when.

The workers share no queue and no lock: each has a pipe of its own, so one that dies takes nothing with it but its task.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from dataclasses import dataclass
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from concurrency_lib._contexts import end, receive, start_with_pipe, wait_for_any
from concurrency_lib._remote import Failure, RemoteError, RemoteTraceback, Success, attempt, pack, settle, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from concurrency_lib._contexts import Context

__all__ = ["PoolRun", "RemoteError", "RemoteTraceback", "TaskRun", "WorkerDied", "run_tasks"]

Item = TypeVar("Item")
Value = TypeVar("Value")


class WorkerDied(Exception):
    """A worker process died, which left the tasks with the indices `unfinished` without a result."""

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
    """The values of the tasks and how they ran, both in the order of the items."""

    results: list[Value]
    timeline: list[TaskRun]


class Answer(NamedTuple):
    """What a worker tells of a task that it ran."""

    pid: int
    started: float
    ended: float
    outcome: Success | Failure


def run_tasks(
    function: Callable[[Item], Value],
    items: Iterable[Item],
    *,
    workers: int,
    mp_context: Context | None = None,
) -> PoolRun[Value]:
    """Run `function(item)` for each item, in at most `workers` processes, and return when these have ended.

    `mp_context` is a multiprocessing context, or anything with its Process and Pipe. Whichever it is, function and
    items are pickled; if that cannot be done this raises PicklingError, and nothing runs.

    Raises a task's exception, with the worker's traceback as its cause (as RemoteError if it cannot be pickled),
    after the tasks in progress have ended and the others were cancelled; of several, the first in the order of the
    items. Raises WorkerDied as soon as a worker dies, and ValueError for less than one worker.
    """
    if workers < 1:
        raise ValueError(f"workers: expected at least 1, got {workers}")
    tasks = [pack((function, item), f"task {index}") for index, item in enumerate(items)]
    with Crew(mp_context or multiprocessing) as crew:
        crew.hire(min(workers, len(tasks)))
        answers = crew.work_off(tasks)
    run: PoolRun[Value] = PoolRun([], [])
    for index, answer in sorted(answers.items()):
        run.results.append(settle(answer.outcome, f"task {index}"))
        run.timeline.append(TaskRun(index, answer.pid, answer.started, answer.ended))
    return run


def work(pipe: Any) -> None:
    """Be a worker: run what comes through the pipe until that is closed."""
    while (task := receive(pipe)) is not None:
        pipe.send_bytes(pack(run_task(task), "answer"))


def run_task(task: bytes) -> Answer:
    """Run one task, in the worker."""
    started = time.monotonic()
    try:
        outcome = attempt(*unpack(task, "task"))
    except (UnpicklingError, SystemExit) as error:  # the worker is not the task's to end
        outcome = Failure.of(error)
    return Answer(os.getpid(), started, time.monotonic(), outcome)


class Crew:
    """The workers of one run. As a context manager it leaves none behind."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._processes: list[Any] = []
        self._idle: list[Any] = []  # pipes to workers
        self._busy: dict[Any, int] = {}  # pipes to workers, with the indices of the tasks that they run

    def __enter__(self) -> Self:
        return self

    def __exit__(self, interrupted: object, *_: object) -> None:
        for pipe in (*self._idle, *self._busy):
            pipe.close()
        for process in self._processes:
            if interrupted:
                process.terminate()
        for process in self._processes:
            end(process)

    def hire(self, workers: int) -> None:
        """Start so many workers."""
        for _ in range(workers):
            process, pipe = start_with_pipe(self._context, work, duplex=True, others=self._idle)
            self._processes.append(process)
            self._idle.append(pipe)

    def work_off(self, tasks: list[bytes]) -> dict[int, Answer]:
        """Return the answers to the tasks by their indices: to all of them, or to those begun before one failed."""
        answers: dict[int, Answer] = {}
        waiting = deque(enumerate(tasks))
        while waiting or self._busy:
            self._hand_out(waiting)
            died = not all([self._hear(pipe, answers) for pipe in wait_for_any(self._busy)])
            if died:
                raise WorkerDied([index for index in range(len(tasks)) if index not in answers])
            if any(isinstance(answer.outcome, Failure) for answer in answers.values()): waiting.clear()
        return answers

    def _hand_out(self, waiting: deque[tuple[int, bytes]]) -> None:
        """Give every idle worker a task, as long as there are tasks."""
        while waiting and self._idle:
            index, task = waiting.popleft()
            pipe = self._idle.pop()
            self._busy[pipe] = index
            with suppress(OSError):  # the worker is dead, which its end of the pipe will tell
                pipe.send_bytes(task)
