"""Worker processes, each with a pipe of its own: one that dies costs its task a try, and is replaced."""

from __future__ import annotations

import signal
from contextlib import suppress
from pickle import PicklingError
from typing import TYPE_CHECKING, Any, NamedTuple

from concurrency_lib._contexts import (
    GRACE,
    end,
    join,
    kill,
    of_processes,
    receive,
    release,
    start_with_pipe,
    wait_for_any,
)
from concurrency_lib._crew import work
from concurrency_lib._deadline import Deadline
from concurrency_lib._remote import pack, unpack
from concurrency_lib._workers_results import Result, WorkerDied, settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from concurrency_lib._contexts import Context


class Job(NamedTuple):
    """A pickled task, and how often it was begun."""

    task: int
    packed: bytes
    tries: int = 0


def serve(pipe: Any) -> None:
    """Be a worker until the master closes the pipe, or is gone; an interrupt is the master's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):  # the master is gone, and nobody wants the answer
        work(pipe)


class ProcessHands:
    """At most so many worker processes, each started when it is first needed."""

    def __init__(self, number: int, tries: int, context: Context) -> None:
        self._number, self._tries, self._context = number, tries, of_processes(context)
        self._processes: dict[Any, Any] = {}  # by the pipes to them
        self._idle: list[Any] = []  # pipes
        self._jobs: dict[Any, Job] = {}  # by the pipes to the others
        self._refused: list[Result[Any]] = []

    @property
    def free(self) -> bool:
        """Whether another task may be given."""
        return len(self._jobs) + len(self._refused) < self._number

    @property
    def busy(self) -> bool:
        """Whether there is anything to hear of."""
        return bool(self._jobs or self._refused)

    def give(self, index: int, function: Callable[[Any], object], item: object) -> None:
        """Have the task done, or refused."""
        try:
            self._hand_out(Job(index, pack((function, item), f"task {index}")))
        except PicklingError as error:
            self._refused.append(Result(index, error=error))

    def hear(self) -> list[Result[Any]]:
        """Wait for news of the workers, and return the results among them: none where a task is tried again."""
        heard, self._refused = self._refused, []
        for pipe in wait_for_any(self._jobs, 0 if heard else None):
            heard += self._hear(pipe)
        return sorted(heard, key=lambda result: result.index)

    def drop(self) -> None:
        """Kill the workers that have something to do."""
        self._refused.clear()
        for pipe in list(self._jobs):
            kill(self._processes[pipe])
            self._dismiss(pipe)

    def close(self) -> None:
        """End all workers, those that have something to do by force."""
        self.drop()
        for pipe in self._processes:
            pipe.close()
        for process in self._processes.values():
            end(process)

    def _hand_out(self, job: Job) -> None:
        pipe = self._idle_worker() or self._hire()
        self._jobs[pipe] = job._replace(tries=job.tries + 1)
        with suppress(OSError):  # the worker has died, as the wait for its answer will tell
            pipe.send_bytes(job.packed)

    def _idle_worker(self) -> Any:
        """Take a worker that has nothing to do; one that says something has died, and is put away."""
        while self._idle:
            pipe = self._idle.pop()
            if not pipe.poll():
                return pipe
            self._dismiss(pipe)
        return None

    def _hire(self) -> Any:
        process, pipe = start_with_pipe(self._context, serve, duplex=True, others=self._processes)
        self._processes[pipe] = process
        return pipe

    def _hear(self, pipe: Any) -> list[Result[Any]]:
        message, job = receive(pipe), self._jobs[pipe]
        if message is not None:
            del self._jobs[pipe]
            self._idle.append(pipe)
            return [settled(job.task, unpack(message, "answer").outcome, job.tries)]
        exitcode = self._dismiss(pipe)
        if job.tries < self._tries:
            self._hand_out(job)
            return []
        return [Result(job.task, error=WorkerDied(job.task, job.tries, exitcode), tries=job.tries)]

    def _dismiss(self, pipe: Any) -> int:
        """Put away a worker that is dying, or else make it; return its exit code."""
        process = self._processes.pop(pipe)
        self._jobs.pop(pipe, None)
        pipe.close()
        if join(process, Deadline(GRACE)) is None:
            kill(process)
        exitcode = join(process, Deadline(None))
        release(process)
        return exitcode or 0
