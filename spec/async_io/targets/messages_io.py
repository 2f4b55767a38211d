"""What an answer takes beside a step of computing, what threads cost that hand over, and how many there can be."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from concurrency_lib import fork
from spec.choosing.targets.switch_crowds import compute
from spec.choosing.workload_sampling import ratio_of
from spec.support.deadlines import deadline
from spec.support.measuring import Sample
from spec.support.sabotage import Patch
from spec.threads.targets.thread_limits import allow_threads

ANSWERS, STEPS = 20, 2000
THREADS = 24
WORK: dict[str, Callable[[], object]] = {"small": lambda: sum(range(10)), "large": partial(compute, 30)}


def answer_by_step() -> tuple[Sample, float, float]:
    """Return how many additions take as long as one answer of another process, and both, in µs."""
    ours, theirs = socket.socketpair()
    with ours, theirs, fork.start(echo, theirs, ours):
        ours.settimeout(deadline())
        return ratio_of(partial(seconds_of_answer, ours), seconds_of_step, 1e6)


def echo(theirs: socket.socket, ours: socket.socket) -> None:
    """Send back what arrives."""
    ours.close()
    while request := theirs.recv(100):
        theirs.sendall(request)


def seconds_of_answer(connection: socket.socket) -> float:
    """Return how long one of several answers takes."""
    began = time.perf_counter()
    for _ in range(ANSWERS):
        connection.sendall(b"question")
        connection.recv(100)
    return (time.perf_counter() - began) / ANSWERS


def seconds_of_step() -> float:
    """Return how long one of many additions takes."""
    total, began = 0, time.perf_counter()
    for number in range(STEPS):
        total += number
    return (time.perf_counter() - began) / STEPS


def relay_by_one(work: str) -> tuple[Sample, float, float]:
    """Return by how much many threads that hand over use more processor time than one for the same work; both in ms."""
    return ratio_of(partial(relay, WORK[work], THREADS), partial(in_one_thread, WORK[work], THREADS), 1000)


def in_one_thread(work: Callable[[], object], times: int) -> float:
    """Do some work, that often; return the processor time."""
    began = time.process_time()
    for _ in range(times):
        work()
    return time.process_time() - began


def relay(work: Callable[[], object], threads: int) -> float:
    """Have each of several threads do the work once and hand over to the next; return the processor time."""
    turns = [threading.Event() for _ in range(threads + 1)]

    def take_part(number: int) -> None:
        turns[number].wait(deadline())
        work()
        turns[number + 1].set()

    running = [threading.Thread(target=take_part, args=(number,)) for number in range(threads)]
    for each in running:
        each.start()
    began = time.process_time()
    turns[0].set()
    turns[-1].wait(deadline())
    used = time.process_time() - began
    for each in running:
        each.join()
    return used


def tasks_where_threads_are_refused(number: int) -> int:
    """Leave room for two threads; return how many tasks wait there at the same time."""
    allow_threads(2)
    return asyncio.run(waiting_together(number))


async def waiting_together(number: int) -> int:
    """Have so many tasks wait until all of them do; return how many did."""
    waiting, all_wait = 0, asyncio.Event()

    async def wait() -> None:
        nonlocal waiting
        waiting += 1
        if waiting == number:
            all_wait.set()
        await all_wait.wait()

    await asyncio.wait_for(asyncio.gather(*[wait() for _ in range(number)]), deadline())
    return waiting


def threads_instead(patch: Patch) -> None:
    """Have a thread wait in place of each task."""

    async def in_threads(number: int) -> int:
        over, waiting = threading.Event(), 0
        with suppress(RuntimeError):
            for _ in range(number):
                threading.Thread(target=over.wait).start()
                waiting += 1
        over.set()
        return waiting

    patch.setattr(sys.modules[__name__], "waiting_together", in_threads)
