"""Master and workers: one hands out tasks, several execute them, be they threads, processes or an executor's.

    with workers.processes(4) as team:
        thumbnails = team.run(shrink, pictures)

Whoever calls is the master, and executes none of the tasks itself. No worker outlives the block.
"""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING, Self, TypeVar

from concurrency_lib._remote import RemoteError, RemoteTraceback
from concurrency_lib._workers_futures import FutureHands, ThreadHands
from concurrency_lib._workers_processes import ProcessHands
from concurrency_lib._workers_results import Result, WorkerDied

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from concurrent.futures import Executor

    from concurrency_lib._contexts import Context
    from concurrency_lib._workers_results import Hands

__all__ = ["RemoteError", "RemoteTraceback", "Result", "Team", "WorkerDied", "executor", "processes", "threads"]

Item = TypeVar("Item")
Value = TypeVar("Value")


def threads(number: int) -> Team:
    """Return a team of so many threads.

    Tasks and values are handed over as they are. At the end of the block tasks in progress are awaited: no
    thread can be ended from outside.
    """
    return Team(ThreadHands(at_least_one(number=number)))


def processes(number: int, *, tries: int = 2, mp_context: Context | None = None) -> Team:
    """Return a team of at most so many processes, each of which is started when it is first needed.

    A process that dies in the middle of a task is replaced, and the task is begun again, in all `tries` times,
    so it may take effect more than once; then its error is WorkerDied. At the end of the block processes that
    are still at a task are killed. An interrupt from the keyboard is left to the master. `mp_context` is a
    multiprocessing context, or anything with its Process and Pipe.
    """
    return Team(ProcessHands(at_least_one(number=number), at_least_one(tries=tries), mp_context or multiprocessing))


def executor(its: Executor, *, at_once: int) -> Team:
    """Return the team of an executor, such as a Dask cluster's, which is its owner's to shut down.

    It never has more than `at_once` tasks to do. At the end of the block those not begun are cancelled, and the
    others awaited. What the executor raises on its own account, such as BrokenExecutor, is the error of the task.
    """
    return Team(FutureHands(its, at_least_one(at_once=at_once)))


def at_least_one(**named: int) -> int:
    """Return the number, or raise ValueError with its name."""
    ((name, number),) = named.items()
    if number < 1:
        raise ValueError(f"{name}: expected at least 1, got {number}")
    return number


class Team:
    """Workers, for one master at a time; as a context manager it ends them.

    Except with threads, the function, the items, the values and the exceptions travel as pickles. What cannot be
    pickled, or not be unpickled, is the error of its task: PicklingError or UnpicklingError, naming it; such an
    exception arrives as RemoteError, and so does one that would end the master, such as SystemExit.
    """

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._latest_run: object = None

    def run(self, function: Callable[[Item], Value], items: Iterable[Item]) -> list[Value]:
        """Run `function(item)` for each item, and return the values in the order of the items.

        Raises a task's exception, with the worker's traceback, after the tasks in progress have ended and without
        beginning others; of several, the first in the order of the items.
        """
        found = sorted(self._work(function, items, stop_at_error=True), key=lambda result: result.index)
        return [result.value for result in found]

    def results(self, function: Callable[[Item], Value], items: Iterable[Item]) -> Generator[Result[Value], None, None]:
        """Run `function(item)` for each item, and yield the results as they come, errors among them.

        An item is taken only when there is a worker for it. If the results are not read to the end, tasks in progress
        are given up as at the end of the block. Raises RuntimeError while the team has another run to do.
        """
        yield from self._work(function, items, stop_at_error=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._hands.close()

    def _work(
        self, function: Callable[[Item], Value], items: Iterable[Item], *, stop_at_error: bool
    ) -> Generator[Result[Value], None, None]:
        if self._hands.busy:
            raise RuntimeError("this team has another run to do: expected that its results are read, or closed")
        this_run = self._latest_run = object()
        heard: list[Result[Value]] = []
        tasks, more = enumerate(items), True
        try:
            while True:
                more = more and not (stop_at_error and any(r.error for r in heard)) and self._hand_out(function, tasks)
                yield from heard
                if self._latest_run is not this_run or not self._hands.busy:
                    return
                heard = self._hands.hear()
        finally:
            if self._latest_run is this_run:  # a generator that nobody closed may be collected during a later run
                self._hands.drop()

    def _hand_out(self, function: Callable[[Item], Value], tasks: Iterable[tuple[int, Item]]) -> bool:
        """Give tasks to whoever is free, and return whether there may be more."""
        while self._hands.free:
            task = next(iter(tasks), None)
            if task is None:
                return False
            self._hands.give(task[0], function, task[1])
        return True
