"""Threads that compute for a while: when each got on, how much processor time they used, and how they queued for it.

Only the length of a run is laid down, by the clock, and every loop asks the clock itself: no loop depends on another
thread for its end, so that none hangs on a runtime that lets a busy thread keep its turn.
"""

from __future__ import annotations

import hashlib
import math
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from spec.support.sabotage import Patch

PAUSE = 0.003  # seconds: a thread that has not got on for longer was off its core, or without the lock
BLOCK = bytes(1 << 20)  # hashed in a millisecond or so, which is worth giving the lock away for
ONE_AT_A_TIME = threading.Lock()

Turns = list[tuple[float, float]]


class Life(NamedTuple):
    """What one thread did: how long it was, the processor time that it used, and how long it queued for a core.

    `turns` tell from when to when it got on, by the machine's clock, where that was noted.
    """

    passed: float
    used: float
    queued: float
    turns: Turns


class Ran(NamedTuple):
    """A run: when it began, how long it was, and the processor time of its process or processes.

    `alone` is how long one thread takes for all of its work, where that was found out.
    """

    began: float
    passed: float
    used: float
    lives: Sequence[Life]
    alone: float = 0.0

    @property
    def cores(self) -> float:
        """How many cores were busy with it, on an average."""
        return self.used / self.passed

    @property
    def queue(self) -> float:
        """How many of its threads were ready and had no core, on an average; NaN where nobody can tell."""
        return sum(life.queued for life in self.lives) / self.passed


def xor() -> None:
    """Do a step that is Python code and nothing else."""
    x = 0
    for _ in range(20):
        x = x ^ 1


def digest() -> None:
    """Do a step that is a single call of C, which works without the lock."""
    hashlib.sha256(BLOCK).digest()


def digest_alone() -> None:
    """Do the same, but let no other thread do it at the same time."""
    with ONE_AT_A_TIME:
        digest()


def rest() -> None:
    """Do a step that leaves the core alone."""
    time.sleep(0.001)


def run(step: str, threads: int, seconds: float) -> Ran:
    """Let threads repeat a step, named as in this module, until the time is over."""
    get_on: Callable[[], None] = globals()[step]
    may_begin, until, lives = threading.Event(), [0.0], list[Life]()

    def live() -> None:
        may_begin.wait()
        lives.append(life_of(lambda: compute(get_on, until[0])))

    workers = [threading.Thread(target=live) for _ in range(threads)]
    for worker in workers:
        worker.start()
    used, began = time.process_time(), time.perf_counter()
    until[0] = began + seconds
    may_begin.set()
    for worker in workers:
        worker.join()
    return Ran(began, time.perf_counter() - began, time.process_time() - used, lives)


def life_of(call: Callable[[], Turns | None]) -> Life:
    """Make a call, and tell of the time in which it was made by this thread."""
    queued, used, began = seconds_in_queue(), time.thread_time(), time.perf_counter()
    turns = call() or []
    passed, used = time.perf_counter() - began, time.thread_time() - used
    return Life(passed, used, seconds_in_queue() - queued, turns)


def compute(get_on: Callable[[], None], until: float) -> Turns:
    """Repeat a step until the clock says so; return the stretches without a pause."""
    turns, start = Turns(), time.perf_counter()
    last = now = start
    while now < until:
        get_on()
        now = time.perf_counter()
        if now - last > PAUSE:
            turns.append((start, last))
            start = now
        last = now
    return [*turns, (start, last)]


def seconds_in_queue() -> float:
    """Return how long this thread was ready and had no core, in all its life; NaN where nobody can tell."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        return math.nan


def steps_that_rest(patch: Patch) -> None:
    """Let the steps of Python code leave the core alone."""
    patch.setattr(sys.modules[__name__], "xor", rest)
