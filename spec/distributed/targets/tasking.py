"""Queues of the standard library behind a manager, and what becomes of them; each in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import queue
import sys
from multiprocessing.managers import BaseManager
from typing import Any

from spec.distributed.targets.managing import local_address
from spec.distributed.targets.prompt import PromptServer

KEY = b"known to all of a specification"
QUEUES = queue.Queue[Any](), queue.Queue[Any]()


class Queues(BaseManager):
    """A manager of two queues."""

    _Server = PromptServer


class Visitor(BaseManager):
    """A manager that knows their names."""


def tasks() -> Any:
    """Return the queue of tasks."""
    return QUEUES[0]


def results() -> Any:
    """Return the queue of results."""
    return QUEUES[1]


class Home:
    """Where a manager's objects live."""

    def pid(self) -> int:
        """Return the process's id."""
        return os.getpid()


def home() -> Home:
    """Return an object that knows where it lives."""
    return Home()


for function in (tasks, results, home):
    Queues.register(function.__name__, callable=function)
    Visitor.register(function.__name__)


def started() -> Queues:
    """Start a manager in a forked process, at a socket of this machine."""
    manager = Queues(local_address(), KEY, ctx=multiprocessing.get_context("fork"))
    manager.start()
    return manager


def visit(address: Any) -> Visitor:
    """Connect to a manager, as any process anywhere can."""
    visitor = Visitor(address, KEY)
    visitor.connect()
    return visitor


def calculate(address: Any, number: int) -> None:
    """Take some numbers, and put each with this process's id."""
    visitor = visit(address)
    source, sink = visitor.tasks(), visitor.results()
    for _ in range(number):
        sink.put((os.getpid(), source.get(timeout=20)))


def numbers_through_a_manager(number: int) -> tuple[list[int], list[tuple[int, int]]]:
    """Put numbers for two workers; return the ids of manager, this process and workers, and the results."""
    context = multiprocessing.get_context("fork")
    with started() as manager:
        address = manager.address
        workers = [context.Process(target=calculate, args=(address, number // 2)) for _ in range(2)]
        for worker in workers:
            worker.start()
        source, sink = manager.tasks(), manager.results()
        for each in range(number):
            source.put(each)
        found = [sink.get(timeout=20) for _ in range(number)]
        for worker in workers:
            worker.join()
        pids = [pid_of(manager), os.getpid(), *(worker.pid for worker in workers)]
    return pids, found


def pid_of(manager: Any) -> int:
    """Ask a manager in which process its objects live."""
    return int(manager.home().pid())


def manager_without_a_process(patch: Any) -> None:
    """Tell this process's id for the manager's."""
    patch.setattr(sys.modules[__name__], "pid_of", lambda _: os.getpid())
