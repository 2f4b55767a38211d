"""Who is the master and who are the workers, in processes and in threads, as a clean room sees it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from functools import partial
from pathlib import Path
from typing import NamedTuple

from concurrency_lib import workers
from spec.choosing.targets import working_tasks as tasks
from spec.choosing.targets.working_teams import forks
from spec.processes.targets.hall import Hall

NUMBER = 3


class Roles(NamedTuple):
    """Who handed out, who is the main process or thread, and who executed, with the parents of those."""

    master: object
    main: object
    executed: list[object]
    children: list[object]


def processes_at_work(folder: Path, patience: float) -> Roles:
    """Have as many tasks meet as there are processes, so that each has one."""
    hall = Hall(folder, patience)
    with workers.processes(NUMBER, mp_context=forks()) as team:
        ran = team.run(partial(meet, hall), range(NUMBER))
        children = [child.pid for child in multiprocessing.active_children()]
    return Roles(os.getpid(), os.getpid(), [run.who.pid for run in ran], children)


def threads_at_work(folder: Path, patience: float) -> Roles:
    """Have as many tasks meet as there are threads, so that each has one."""
    hall = Hall(folder, patience)
    main = threading.main_thread().ident
    with workers.threads(NUMBER) as team:
        ran = team.run(partial(meet, hall), range(NUMBER))
        others = [thread.ident for thread in threading.enumerate() if thread.ident != main]
    return Roles(threading.get_ident(), main, [run.who.thread for run in ran], others)


def meet(hall: Hall, index: int) -> tasks.Ran:
    """Come, and stay until all are there."""
    hall.enter(index)
    hall.wait(lambda: len(hall.came()) >= NUMBER, f"{NUMBER} tasks in progress at once")
    return tasks.Ran(index, tasks.me())
