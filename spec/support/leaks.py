"""What one item left behind: threads, processes, descriptors, memory, files, and settings it changed."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.process import _children  # type: ignore[attr-defined]  # asking in public would reap them

from spec.support.deadlines import ends, wait_until
from spec.support.outcomes import Overdue

OWN_VARIABLES = {"PYTEST_CURRENT_TEST"}


@dataclass(frozen=True)
class World:
    """The state that an item must leave as it found it."""

    threads: frozenset[threading.Thread]
    children: frozenset[int]
    descriptors: Mapping[int, str]
    shared_memory: frozenset[str]
    files: frozenset[str]
    environment: Mapping[str, str]
    directory: str
    switch_interval: float


def look() -> World:
    """Observe this process now; without /proc, what only /proc tells is left out."""
    return World(
        threads=frozenset(threading.enumerate()),
        children=frozenset(children()),
        descriptors=_descriptors(),
        shared_memory=_shared_memory(),
        files=frozenset(os.listdir(tempfile.gettempdir())),
        environment={k: v for k, v in os.environ.items() if k not in OWN_VARIABLES},
        directory=os.getcwd(),
        switch_interval=sys.getswitchinterval(),
    )


def left_behind(before: World, *, may_be_cleared: bool = False) -> list[str]:
    """Name what is there now and was not before; collect garbage and give it time only if something is.

    After an item that failed, or was sabotaged, its processes are ended first: their mess proves nothing.
    """
    if not _difference(before):
        return []
    if may_be_cleared:
        clear_away(before)
    with suppress(Overdue):
        wait_until(lambda: _is_tidy(before), "a tidy world")
    return _difference(before)


def _is_tidy(before: World) -> bool:
    gc.collect()  # each time: PyPy runs finalizers only when more than one collection has passed
    return not _difference(before)


def clear_away(before: World) -> None:
    """End the processes that are there now and were not before."""
    for process in multiprocessing.active_children():
        if process.pid not in before.children:  # by its own handle, which else would never learn of the end
            process.kill()
            ends(process)
    for pid in children() - before.children:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def children() -> set[int]:
    """Return the ids of this process's children, and of a fork server's, that nobody has waited for."""
    known = {process.pid for process in list(_children) if process.pid}
    with suppress(OSError):
        tasks = os.listdir("/proc/self/task")
        # A thread that ends hands its children on, maybe to one that was asked before: so all are asked again.
        for task in tasks * min(len(tasks), 2):
            known |= {int(pid) for pid in _read(f"/proc/self/task/{task}/children").split()}
    return known


def _difference(before: World) -> list[str]:
    now = look()
    threads = (f"thread {t.name}" for t in now.threads - before.threads if t.is_alive())
    processes = (f"process {pid} ({_read(f'/proc/{pid}/comm').strip()})" for pid in now.children - before.children)
    opened = (f"descriptor {fd} ({to})" for fd, to in now.descriptors.items() if before.descriptors.get(fd) != to)
    memory = (f"shared memory {name}" for name in now.shared_memory - before.shared_memory)
    files = (f"temporary file {name}" for name in now.files - before.files)
    return [*threads, *processes, *opened, *memory, *files, *_changed(before, now)]


def _changed(before: World, now: World) -> Iterable[str]:
    for name in sorted({*before.environment, *now.environment}):
        if before.environment.get(name) != now.environment.get(name):
            yield f"environment variable {name}"
    if before.directory != now.directory:
        yield f"working directory {now.directory}"
    if before.switch_interval != now.switch_interval:
        yield f"switch interval {now.switch_interval}"


def _descriptors() -> dict[int, str]:
    found = {}
    with suppress(OSError):
        for name in os.listdir("/proc/self/fd"):
            with suppress(OSError):
                found[int(name)] = os.readlink(f"/proc/self/fd/{name}")
    return {fd: to for fd, to in found.items() if not to.startswith(f"/proc/{os.getpid()}/")}


def _shared_memory() -> frozenset[str]:
    """Name the shared memory that is mapped; ask for names, which takes its time, only if more or less is mapped."""
    size = _read("/proc/self/statm").split(" ", 1)[0]
    return _names_of_shared_memory(os.getpid(), size)


@lru_cache(maxsize=1)
def _names_of_shared_memory(_pid: int, _size: str) -> frozenset[str]:
    maps = _read("/proc/self/maps").splitlines()
    return frozenset(line.split(" ", 5)[-1].strip() for line in maps if "/dev/shm/" in line)


def _read(path: str) -> str:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of times a run
            return file.read().decode(errors="replace")
    except OSError:
        return ""
