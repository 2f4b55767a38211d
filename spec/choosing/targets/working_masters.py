"""Masters that are interrupted, or killed, and what becomes of their workers, in the clean room."""

from __future__ import annotations

import ctypes
import os
import signal
from functools import partial
from pathlib import Path

from concurrency_lib import workers
from spec.choosing.targets.working_teams import forks
from spec.processes.targets.hall import Hall

ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER


def end_of_a_masters_workers(folder: Path, patience: float) -> tuple[list[int], list[int]]:
    """Kill a master whose workers are at a task; return the workers, and those whose end was seen, both sorted."""
    hall = Hall(folder, patience)
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    master = forks().Process(target=lead, args=(hall,))
    master.start()
    master.join()
    hall.let_go("all")
    ended = [os.wait()[0] for _ in range(2)]
    return sorted(hall.came().values()), sorted(ended)


def lead(hall: Hall) -> None:
    """Be a master that is killed by one of its workers, while another is at a task."""
    with workers.processes(2, mp_context=forks()) as team:
        team.run(partial(kill_master, hall, os.getpid()), range(2))


def kill_master(hall: Hall, master: int, index: int) -> None:
    """Kill the master, once both tasks are there; then finish."""
    hall.enter(index)
    hall.wait(lambda: len(hall.came()) > 1, "both tasks")
    if index == 0:
        os.kill(master, signal.SIGKILL)
    hall.wait(lambda: hall.may_go(index), "leave to end")


def pids_of_interrupted(folder: Path, patience: float) -> list[int]:
    """Interrupt the master of two processes that are at their tasks; return those that are there after its block."""
    hall = Hall(folder, patience)
    try:
        with workers.processes(2, mp_context=forks()) as team:
            team.run(partial(interrupt_master, hall, os.getpid()), range(2))
    except KeyboardInterrupt:
        pass
    left = [pid for pid in hall.came().values() if is_there(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return left


def interrupt_master(hall: Hall, master: int, index: int) -> None:
    """Interrupt the master once both tasks are there; one of them never ends."""
    hall.enter(index)
    hall.wait(lambda: len(hall.came()) > 1, "both tasks")
    if index == 0:
        os.kill(master, signal.SIGINT)  # just before the master waits, maybe: then it hears of it with this result
    else:
        hall.wait(lambda: False, "the end of time")


def is_there(pid: int) -> bool:
    """Tell whether there is a process, be it a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
