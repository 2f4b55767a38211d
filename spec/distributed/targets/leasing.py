"""Workers that die at a chosen moment, each in a process of its own, and leases beside a clock that is set."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from contextlib import suppress
from typing import Any

from concurrency_lib.task_server import Master, TaskServer, Worker
from concurrency_lib.task_server.leases import Leases

KEY = b"known to all of a specification"
MOMENTS = ("before", "during", "after")


def double(number: int) -> int:
    """Return twice the number."""
    return 2 * number


def die() -> None:
    """End this process as SIGKILL does, at once and without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(argument: tuple[str, int]) -> int:
    """Kill whoever makes this call first; later, return twice the number."""
    path, number = argument
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
        die()
    return 2 * number


class Doomed(Worker):
    """A worker that dies with its first task: before it begins, or when it is done and not handed in."""

    moment = ""

    def work_on(self, leased: Any, *, until: float) -> Any:
        """Die before, or after."""
        if leased and self.moment == "before":
            die()
        done = super().work_on(leased, until=until)
        if leased and self.moment == "after":
            die()
        return done


def doomed_child(door: Any, moment: str) -> None:
    """Wait for the server's address, and work until the end that was chosen."""
    address = door.recv()
    worker = Doomed(address, KEY)
    worker.moment = moment
    worker.run()


def killed_and_replaced(moment: str, path: str) -> tuple[int, list[int], list[str], dict[str, int]]:
    """Let a worker die with a task, and then another work.

    Returns the exit code of the first, the values, the lines of the server, and its counts.
    """
    context, lines = multiprocessing.get_context("fork"), list[str]()
    here, there = context.Pipe()
    child = context.Process(target=doomed_child, args=(there, moment))  # before there is any thread
    child.start()
    there.close()
    try:
        with TaskServer(key=KEY, tell=lines.append) as server, Master(server.address, KEY) as master:
            here.send(server.address)
            if moment == "during":
                master.submit(die_once, [(path, 21)])
            else:
                master.submit(double, [21])
            child.join()
            values = replaced(server, master)
            return child.exitcode, values, lines, server.status()
    finally:
        child.kill()
        child.join()
        here.close()


def replaced(server: TaskServer, master: Master) -> list[int]:
    """Let another worker do what is left, in a thread; return the values."""
    from threading import Thread  # noqa: PLC0415 - only after the fork

    worker = Worker(server.address, KEY)
    thread = Thread(target=worker.run, daemon=True)
    thread.start()
    try:
        return [result.value() for result in master.results()]
    finally:
        worker.stop()
        thread.join()


def lease_across_a_step(seconds: float) -> tuple[list[int], list[int]]:
    """Lease a task, set the time of day forward, and look for leases that ran out; set it back, and look again."""
    leases, true_time = Leases(60.0, 10, 5), time.time
    leases.add(1, [b"task"])
    leases.lease(1, 1)
    time.time = lambda: true_time() + seconds
    forward = leases.expire()
    time.time = lambda: true_time() - seconds
    return forward, leases.expire()


def time_of_day(patch: Any) -> None:
    """Let leases run out by the time of day."""
    made = Leases.__init__

    def begin(self: Leases, *args: Any) -> None:
        made(self, *args, clock=lambda: time.time())  # noqa: PLW0108 - as it is then

    patch.setattr(Leases, "__init__", begin)


def settled_from_the_start(patch: Any) -> None:
    """Count a task as settled each time it is leased."""
    lease = Leases.lease

    def counted(self: Leases, *args: Any) -> Any:
        leased = lease(self, *args)
        self._settled += len(leased)
        return leased

    patch.setattr(Leases, "lease", counted)
