"""Tasks that kill their workers, and what a team of processes makes of it, in the clean room."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from concurrency_lib import workers
from spec.choosing.targets import working_tasks as tasks
from spec.choosing.targets.working_teams import forks
from spec.processes.targets.hall import Hall
from spec.support.deadlines import deadline

TASKS = 4


class Told(NamedTuple):
    """What came of a task, in how many tries, and how often it really was begun."""

    index: int
    returned: object
    error: str
    tries: int
    begun: int


def die_at_first(hall: Hall, deaths: list[int], index: int) -> int:
    """Kill the worker as often as agreed for this task, and then return."""
    tasks.note(hall, index)
    if tasks.times_begun(hall, index) <= deaths[index]:
        os.kill(os.getpid(), signal.SIGKILL)
    return index


def lose_workers(folder: Path, tries: int, deaths: list[int]) -> list[Told]:
    """Run tasks each of which kills its worker so many times; return what is told of each, in their order."""
    with TemporaryDirectory(dir=folder) as own, workers.processes(3, tries=tries, mp_context=forks()) as team:
        hall = Hall(Path(own), 0)
        results = team.results(partial(die_at_first, hall, deaths), range(len(deaths)))
        return sorted(told(hall, result) for result in results)


def told(hall: Hall, result: workers.Result[Any]) -> Told:
    """Tell of a result what can be compared."""
    error = str(result.error or "")
    return Told(result.index, result.returned, error, result.tries, tasks.times_begun(hall, result.index))


def lose_an_idle_worker() -> tuple[int, int, int]:
    """Kill a worker that has nothing to do; return its pid, and the pid and the tries of the next task."""
    with workers.processes(1, mp_context=forks()) as team:
        (idle,) = team.run(pid_here, [None])
        os.kill(idle, signal.SIGKILL)
        team._hands._idle[0].poll(deadline())  # type: ignore[attr-defined]  # noqa: SLF001 - until it has died
        (after,) = team.results(pid_here, [None])
    return idle, after.value, after.tries


def pid_here(_: object) -> int:
    """Return this process's id."""
    return os.getpid()


def pid_after_an_interrupt(_: object) -> int:
    """Be interrupted from the keyboard, as far as a process can tell, and go on."""
    os.kill(os.getpid(), signal.SIGINT)
    return os.getpid()


def interrupted_workers() -> list[str]:
    """Interrupt two workers as Control-C does; return what came of their tasks."""
    with workers.processes(2, mp_context=forks()) as team:
        results = list(team.results(pid_after_an_interrupt, range(TASKS)))
    return [f"{result.error!r} in {result.tries}" for result in results]
