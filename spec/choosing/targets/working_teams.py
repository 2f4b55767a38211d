"""Teams of every kind, and the checks that are run on them in a clean room."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from concurrency_lib import workers
from concurrency_lib.workers import Team
from spec.choosing.targets.working import NUMBER, Told
from spec.processes.targets.hall import Hall

Check = Callable[[Team, Hall], Told]


def forks() -> Any:
    """Return the context by which a clean room's subject starts processes."""
    return multiprocessing.get_context("fork")


@contextmanager
def process_pool(_folder: Path) -> Iterator[Any]:
    """Yield the standard library's pool of processes."""
    with ProcessPoolExecutor(NUMBER, mp_context=forks()) as executor:
        yield executor


@contextmanager
def interpreters(_folder: Path) -> Iterator[Any]:
    """Yield the standard library's pool of interpreters, in threads of this process."""
    from concurrent.futures import InterpreterPoolExecutor  # noqa: PLC0415 - since 3.14

    with InterpreterPoolExecutor(NUMBER) as executor:
        yield executor


@contextmanager
def dask_cluster(folder: Path) -> Iterator[Any]:
    """Yield the executor of a Dask cluster: scheduler and two workers, which talk over loopback."""
    from dask import config  # noqa: PLC0415 - not installed everywhere, and heavy

    config.set({"distributed.logging.distributed": "error", "temporary-directory": str(folder)})
    from distributed import Client, LocalCluster  # noqa: PLC0415 - it asks for its settings at once

    one_thread = {"n_workers": NUMBER, "threads_per_worker": 1, "processes": False, "protocol": "tcp"}
    here = {"host": "127.0.0.1", "dashboard_address": None}
    with (
        LocalCluster(**one_thread, **here) as cluster,
        Client(cluster) as client,
        client.get_executor(pure=False) as executor,
    ):
        yield executor


EXECUTORS = {"process pool": process_pool, "interpreters": interpreters, "Dask": dask_cluster}
TEAMS = {
    "threads": lambda: workers.threads(NUMBER),
    "processes": lambda: workers.processes(NUMBER, mp_context=forks()),
}


def keep(kind: str, checks: list[Check], folder: Path, patience: float) -> dict[str, Told]:
    """Run checks on teams of one kind, and on one executor where it has one; return what each has to show."""
    told = {}
    with EXECUTORS[kind](folder) if kind in EXECUTORS else nullcontext() as executor:
        for check in checks:
            own = folder / check.__name__
            own.mkdir()
            with team_of(kind, executor) as team, Hall(own, patience) as hall:
                told[check.__name__] = check(team, hall)
    return told


def team_of(kind: str, executor: Any) -> Team:
    """Return a team."""
    return TEAMS[kind]() if executor is None else workers.executor(executor, at_once=NUMBER)
