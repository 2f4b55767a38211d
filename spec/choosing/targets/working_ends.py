"""When workers begin and end, and who ends an executor, in the clean room."""

from __future__ import annotations

import multiprocessing
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from concurrency_lib import _workers_futures, workers
from concurrency_lib._workers_processes import ProcessHands
from spec.choosing.targets import models_crashes
from spec.choosing.targets.working_tasks import double
from spec.choosing.targets.working_teams import forks
from spec.processes.targets.hall import Hall
from spec.support.deadlines import deadline, happens_in_a_while
from spec.support.sabotage import Patch


def processes_started() -> list[int]:
    """Return how many processes a team of five has at first, after one task, and after another."""
    counts = []
    with workers.processes(5, mp_context=forks()) as team:
        for items in ([], [1], [2]):
            team.run(double, items)
            counts.append(len(multiprocessing.active_children()))
    return counts


def block_ended_before_its_task(folder: Path, patience: float) -> tuple[bool, bool]:
    """Leave the block of a team of threads while a task is held; tell whether that waited, and whether it ended."""
    with Hall(folder, patience) as hall:
        left = threading.Event()
        leaver = threading.Thread(target=leave_while_held, args=(hall, left))
        leaver.start()
        waited = not happens_in_a_while(left.is_set)
        hall.let_go("all")
        leaver.join(deadline())
    return waited, left.is_set()


def leave_while_held(hall: Hall, left: threading.Event) -> None:
    """Give a team two tasks, and leave its block when one has ended."""
    with workers.threads(2) as team:
        next(team.results(partial(held_if_first, hall), range(2)))
    left.set()


def held_if_first(hall: Hall, index: int) -> None:
    """Be held as the first task."""
    if index == 0:
        hall.wait(lambda: hall.may_go(index), "leave for the first task")


class Lent(NamedTuple):
    """What two teams made of one executor, and what became of it and of a task that had not begun."""

    values: list[list[int]]
    still_works: bool
    cancelled: list[bool]


def executor_lent_twice() -> Lent:
    """Lend an executor to two teams one after the other, and to a third one which leaves a task that has not begun."""
    with ThreadPoolExecutor(2) as executor:
        values = []
        for _ in range(2):
            with workers.executor(executor, at_once=2) as team:
                values.append(team.run(double, [1, 2]))
        still_works = executor.submit(double, 1).result(deadline()) == 2
    return Lent(values, still_works, tasks_of_nobody())


class Nobody(Executor):
    """An executor that begins none of its tasks but the first, which it does at once."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []

    def submit(self, function: Any, /, *args: Any, **_: Any) -> Future[Any]:
        """Keep a task, or do it."""
        future: Future[Any] = Future()
        if not self.futures:
            future.set_result(function(*args))
        self.futures.append(future)
        return future


def tasks_of_nobody() -> list[bool]:
    """Leave a team whose executor has begun none but the first of three tasks; tell which of them are cancelled."""
    with workers.executor(nobody := Nobody(), at_once=3) as team:
        next(team.results(double, range(3)))
    return [future.cancelled() for future in nobody.futures]


def errors_of_a_broken_executor() -> list[str]:
    """Have the only process of an executor die of the first of three tasks; return their errors."""
    with (
        ProcessPoolExecutor(1, mp_context=forks()) as executor,
        workers.executor(executor, at_once=1) as team,
    ):
        return [type(result.error).__name__ for result in team.results(die_of_the_first, range(3))]


def die_of_the_first(index: int) -> int:
    """Kill this process as the first task."""
    if index == 0:
        models_crashes.call(models_crashes.be_killed)
    return index


def all_started_at_once(patch: Patch) -> None:
    """Start every process with the team."""
    original = ProcessHands.__init__

    def start_all(hands: Any, *args: Any) -> None:
        original(hands, *args)
        hands._idle += [hands._hire() for _ in range(hands._number)]  # noqa: SLF001

    patch.setattr(ProcessHands, "__init__", start_all)


def tasks_left_behind(patch: Patch) -> None:
    """Let go of tasks in progress, and do not wait for them."""
    patch.setattr(_workers_futures.FutureHands, "drop", lambda hands: hands._tasks.clear())  # noqa: SLF001
    patch.setattr(_workers_futures.ThreadHands, "close", lambda hands: hands._executor.shutdown(wait=False))  # noqa: SLF001
