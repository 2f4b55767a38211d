"""The workers of a pool: each has a pipe of its own, so one that dies takes only its task with it."""

from __future__ import annotations

import os
import time
from collections import deque
from contextlib import suppress
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from concurrency_lib._contexts import end, kill, of_processes, receive, start_with_pipe, wait_for_any
from concurrency_lib._remote import Failure, Success, attempt, pack, unpack

if TYPE_CHECKING:
    from concurrency_lib._contexts import Context


class Answer(NamedTuple):
    """What a worker tells of a task that it ran; the times are seconds of `time.monotonic`."""

    pid: int
    started: float
    ended: float
    outcome: Success | Failure


def work(pipe: Any) -> None:
    """Be a worker: run the tasks that come through the pipe, until that is closed."""
    while (task := receive(pipe)) is not None:
        pipe.send_bytes(pack(run_task(task), "answer"))


def run_task(task: bytes) -> Answer:
    """Run one task, a pickled function with its argument."""
    started = time.monotonic()
    try:
        outcome = attempt(*unpack(task, "task"))
    except (UnpicklingError, SystemExit) as error:  # the worker is not the task's to end
        outcome = Failure.of(error)
    return Answer(os.getpid(), started, time.monotonic(), outcome)


class Crew:
    """The workers of one run; as a context manager it ends them all, by force if some are still busy."""

    def __init__(self, context: Context) -> None:
        self._context = of_processes(context)
        self._processes: list[Any] = []
        self._idle: list[Any] = []  # the pipes to workers without a task
        self._busy: dict[Any, int] = {}  # the pipes to the others, with the indices of their tasks

    def hire(self, workers: int) -> None:
        """Start so many workers."""
        for _ in range(workers):
            process, pipe = start_with_pipe(self._context, work, duplex=True, others=self._idle)
            self._processes.append(process)
            self._idle.append(pipe)

    def work_off(self, tasks: list[bytes]) -> dict[int, Answer | None]:
        """Return the answers by the indices of the tasks, with None for a task whose worker died.

        After a failure no other task begins, and after a death none is waited for: those have no entry.
        """
        answers: dict[int, Answer | None] = {}
        waiting = deque(enumerate(tasks))
        while waiting or self._busy:
            self._hand_out(waiting)
            heard = dict(map(self._hear, wait_for_any(self._busy)))
            answers |= heard
            if None in heard.values():
                break
            if any(answer and isinstance(answer.outcome, Failure) for answer in heard.values()):
                waiting.clear()
        return answers

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        abandoned = bool(self._busy)
        for process in self._processes:
            if abandoned:
                kill(process)
        for pipe in (*self._idle, *self._busy):
            pipe.close()
        for process in self._processes:
            end(process, told=abandoned)

    def _hand_out(self, waiting: deque[tuple[int, bytes]]) -> None:
        """Give idle workers a task each, as long as there are both."""
        while waiting and self._idle:
            pipe = self._idle.pop()
            self._busy[pipe], task = waiting.popleft()
            with suppress(OSError):  # the worker has died, as the wait for its answer will tell
                pipe.send_bytes(task)

    def _hear(self, pipe: Any) -> tuple[int, Answer | None]:
        message = receive(pipe)
        self._idle.append(pipe)
        return self._busy.pop(pipe), unpack(message, "answer") if message else None
