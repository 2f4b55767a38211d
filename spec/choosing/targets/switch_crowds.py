"""The same work done by few tasks and by many, crowds of tasks on one core, and tasks that only wait."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from concurrency_lib import fork
from spec.choosing.targets.models_costs import compared, processor_time, used
from spec.choosing.targets.switch_hands import hold_on_one_core
from spec.support.deadlines import deadline, wait_until
from spec.support.measuring import Sample
from spec.support.sabotage import Patch

MANY = {"threads": 64, "processes": 8}
PIECES = 64  # of the work: each task of a crowd does at least one


class Worked(NamedTuple):
    """What one task of a crowd used of the core, alone and in the crowd, and when it was done after the start."""

    alone: float
    crowded: float
    done: float


def compute(pieces: int) -> None:
    """Do some pieces of work, which need a core and nothing else: the interpreter lock is free meanwhile."""
    if pieces:
        hashlib.pbkdf2_hmac("sha256", b"secret", b"salt" * 300, 100 * pieces)


def many_to_one(kind: str) -> tuple[Sample, dict[str, float]]:
    """Compare the processor time of the same work done by many tasks, their making and end included, and by one."""
    return compared(lambda: used(lambda: shared_out(kind, MANY[kind])), lambda: used(lambda: shared_out(kind, 1)))


def shared_out(kind: str, tasks: int) -> None:
    """Have so many tasks do the work, each its part."""
    KINDS[kind](tasks, PIECES // tasks)


def by_threads(tasks: int, pieces: int) -> None:
    """Have threads do the pieces, which begin when all of them are there."""
    all_there = threading.Barrier(tasks)

    def take_part() -> None:
        all_there.wait(deadline())
        compute(pieces)

    threads = [threading.Thread(target=take_part) for _ in range(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def by_processes(tasks: int, pieces: int) -> None:
    """Have forked processes do the pieces."""
    children = [fork.start(compute, pieces) for _ in range(tasks)]
    for child in children:
        with child:
            child.wait(deadline())


KINDS: dict[str, Callable[[int, int], None]] = {"threads": by_threads, "processes": by_processes}


def waiting(tasks: int, seconds: float) -> float:
    """Have so many threads wait for a while; return which share of it they used of a core."""
    over, asleep = threading.Condition(), 0

    def wait_for_the_end() -> None:
        nonlocal asleep
        with over:
            asleep += 1
            over.wait()

    def all_sleep() -> bool:
        with over:  # which whoever waits lets go only as it falls asleep
            return asleep == tasks

    threads = [threading.Thread(target=wait_for_the_end) for _ in range(tasks)]
    for thread in threads:
        thread.start()
    wait_until(all_sleep, "sleep of all threads")
    share = share_used(seconds)
    with over:
        over.notify_all()
    for thread in threads:
        thread.join()
    return share


def share_used(seconds: float) -> float:
    """Return which share of a core this process uses while its main thread sleeps."""
    before, began = processor_time(), time.perf_counter()
    time.sleep(seconds)
    return (processor_time() - before) / (time.perf_counter() - began)


def crowd(tasks: int, pieces: int) -> list[Worked]:
    """Have a crowd of threads of one core do the same at once; some have done it alone before."""
    hold_on_one_core()
    sys.setswitchinterval(5)  # or else whoever waits for an interpreter lock asks for it 200 times a second
    alone = min(used_by_this_thread(pieces) for _ in range(5))
    gate, latch = os.pipe()
    all_there, found, began = threading.Semaphore(0), list[Worked](), list[float]()

    def take_part() -> None:
        before = time.thread_time()
        all_there.release()
        os.read(gate, 1)  # which ends for all when the latch is closed
        compute(pieces)
        found.append(Worked(alone, time.thread_time() - before, seconds_since(began[0])))

    threads = [threading.Thread(target=take_part) for _ in range(tasks)]
    for thread in threads:
        thread.start()
    for _ in threads:
        all_there.acquire()
    began.append(time.perf_counter())
    os.close(latch)
    for thread in threads:
        thread.join()
    os.close(gate)
    return found


def seconds_since(moment: float) -> float:
    """Return how long ago a moment was."""
    return time.perf_counter() - moment


def used_by_this_thread(pieces: int) -> float:
    """Do the work; return the processor time that this thread used for it."""
    before = time.thread_time()
    compute(pieces)
    return time.thread_time() - before


def core_for_every_task(patch: Patch) -> None:
    """Have each task done as soon as it has begun."""
    patch.setattr(sys.modules[__name__], "seconds_since", lambda _: 0.0)
