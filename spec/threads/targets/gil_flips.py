"""Two threads that note when the other has had a turn, and the switch interval that is asked for meanwhile."""

from __future__ import annotations

import sys
import threading
import time
from typing import NamedTuple

from spec.support.sabotage import Patch


class Flip(NamedTuple):
    """A moment at which a thread found that the other had had a turn, in seconds since the run began."""

    moment: float
    thread: int


def flips(interval: float, seconds: float, work: int = 0) -> list[Flip]:
    """Let two threads put their mark over the other's, with turns of such a length asked for.

    What is found after the time is over is left out: one of the threads may have ended.
    """
    before, began = sys.getswitchinterval(), time.perf_counter()
    sys.setswitchinterval(interval)
    try:
        told = flip_marks(began + seconds, work)
    finally:
        sys.setswitchinterval(before)
    return [Flip(moment - began, thread) for moment, thread in sorted(told) if moment < began + seconds]


def flip_marks(until: float, work: int) -> list[Flip]:
    """Let two threads, which do as much work as asked for in a loop, mark one place until the time is over."""
    mark, told, may_begin = [0], list[Flip](), threading.Event()

    def live(me: int) -> None:
        may_begin.wait()
        while time.perf_counter() < until:
            if mark[0] != me:
                mark[0] = me
                told.append(Flip(time.perf_counter(), me))
            if work:
                pow(3, work + me)

    threads = [threading.Thread(target=live, args=(me,)) for me in (1, 2)]
    for thread in threads:
        thread.start()
    may_begin.set()
    for thread in threads:
        thread.join()
    return told


def by_default() -> float:
    """Return the interval of a process that has not set any."""
    return asked()


def told_back(intervals: list[float]) -> list[float]:
    """Set the interval to each of these in turn; return what the runtime then says that it is."""
    before = sys.getswitchinterval()
    try:
        return [set_and_asked(interval) for interval in intervals]
    finally:
        sys.setswitchinterval(before)


def set_and_asked(interval: float) -> float:
    """Set the interval, and ask for it."""
    sys.setswitchinterval(interval)
    return asked()


def asked() -> float:
    """Ask the runtime for its interval."""
    return sys.getswitchinterval()


def interval_that_is_not_kept(patch: Patch) -> None:
    """Let the runtime say that the interval is what it always was, and that is not 5 ms."""
    patch.setattr(sys.modules[__name__], "asked", lambda: 0.01)


def turns_of_any_length(patch: Patch) -> None:
    """Let the threads change places whenever they like."""

    def changing_at_once(until: float, _work: int) -> list[Flip]:
        return [Flip(until - at / 10_000, at % 2) for at in range(1, 40)]

    patch.setattr(sys.modules[__name__], "flip_marks", changing_at_once)
