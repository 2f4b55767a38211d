"""Plain workers on a manager's queue, and how they end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from typing import Any

from spec.distributed.targets.tasking import started, visit


def take_and_die(address: Any) -> None:
    """Take a task, and end without having done it."""
    visit(address).tasks().get(timeout=20)
    os.kill(os.getpid(), signal.SIGKILL)


def left_by_a_dead_worker() -> tuple[int | None, int]:
    """Let a worker die with the only task of a manager's queue; return its exit code, and how many are left."""
    with started() as manager:
        source = manager.tasks()
        source.put(21)
        worker = multiprocessing.get_context("fork").Process(target=take_and_die, args=(manager.address,))
        worker.start()
        worker.join()
        return worker.exitcode, source.qsize()


def work_for_ever(address: Any, door: Any) -> None:
    """Work as a plain loop does; tell in which exception it ended."""
    visitor = visit(address)
    source, sink = visitor.tasks(), visitor.results()
    door.send(source.qsize() + sink.qsize())  # so that it is connected to both
    try:
        while True:
            sink.put(2 * source.get())
    except Exception as error:  # noqa: BLE001 - what it is, is the point
        door.send(type(error).__name__)


def ends_of_plain_workers(number: int) -> tuple[list[int], list[str]]:
    """Let two plain workers share some tasks, and shut down; return the results, and how each worker ended."""
    context = multiprocessing.get_context("fork")
    doors, workers = [], []
    with started() as manager:
        source, sink = manager.tasks(), manager.results()
        for _ in range(2):
            here, there = context.Pipe()
            worker = context.Process(target=work_for_ever, args=(manager.address, there))
            worker.start()
            there.close()
            doors.append(here)
            workers.append(worker)
        for door in doors:
            door.recv()
        for each in range(number):
            source.put(each)
        found = sorted(sink.get(timeout=20) for _ in range(number))
    ends = [door.recv() for door in doors]
    for worker in workers:
        worker.join()
    return found, ends


def lost_tasks_found_again(patch: Any) -> None:
    """Let a worker look at a task, and leave it in the queue."""

    def look_and_die(address: Any) -> None:
        source = visit(address).tasks()
        source.put(source.get(timeout=20))
        os.kill(os.getpid(), signal.SIGKILL)

    patch.setattr(sys.modules[__name__], "take_and_die", look_and_die)


def results_in_halves(patch: Any) -> None:
    """Let a worker put what it took."""

    def work_badly(address: Any, door: Any) -> None:
        visitor = visit(address)
        source, sink = visitor.tasks(), visitor.results()
        door.send(source.qsize() + sink.qsize())
        try:
            while True:
                sink.put(source.get())
        except Exception as error:  # noqa: BLE001 - as above
            door.send(type(error).__name__)

    patch.setattr(sys.modules[__name__], "work_for_ever", work_badly)


def workers_told_of_the_end(patch: Any) -> None:
    """Let a worker tell the end from a fault."""
    work = work_for_ever

    class Polite:
        def __init__(self, door: Any) -> None:
            self.door = door

        def send(self, what: Any) -> None:
            self.door.send(what if isinstance(what, int) else "the end")

    patch.setattr(sys.modules[__name__], "work_for_ever", lambda address, door: work(address, Polite(door)))
