"""A thread that counts, and another that looks at the count: in one long call of C, or in a loop of Python code.

Every loop ends by itself, by count or by the clock: none waits for a turn that it may not get.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat

from spec.support.sabotage import Patch

LENGTH = 50_000  # a call of C over so many takes a millisecond at least, and a hundred intervals
OFTEN = 1e-5  # seconds


class Beating:
    """A thread that lives to count, and so shows when it gets on."""

    def __init__(self) -> None:
        self.beats: list[None] = []
        self.is_over = False

    def beat(self) -> None:
        """Count until told that it is over."""
        while not self.is_over:
            self.beats.append(None)
            if len(self.beats) > 1_000_000:
                self.beats.clear()


@contextmanager
def beating() -> Iterator[list[None]]:
    """Have a thread that counts beside a caller that asks for the shortest of turns; yield the count as a list."""
    heart = Beating()
    thread = threading.Thread(target=heart.beat)
    before = sys.getswitchinterval()
    sys.setswitchinterval(OFTEN)
    thread.start()
    try:
        while not heart.beats:
            time.sleep(0.0001)
        yield heart.beats
    finally:
        heart.is_over = True
        sys.setswitchinterval(before)
        thread.join()


def counts_during_one_call(calls: int) -> int:
    """Let one call of C look at the other thread's count again and again; return how many counts it saw.

    Should it see one only, the call is made again, so many times at the most.
    """
    with beating() as beats:
        for _ in range(calls):
            if (seen := len(look_in_one_call(beats))) > 1:
                break
    return seen


def look_in_one_call(beats: list[None]) -> set[int]:
    """Look at the count many times in a call that is all C."""
    return set(map(len, repeat(beats, LENGTH)))


def counts_during_a_loop(seconds: float) -> int:
    """Look at the other thread's count in a loop of Python code, until it changes or the time is over."""
    with beating() as beats:
        return len(look_in_a_loop(beats, time.perf_counter() + seconds))


def look_in_a_loop(beats: list[None], until: float) -> set[int]:
    """Look at the count in instructions of Python, until it has changed or the clock says so."""
    seen = {len(beats)}
    while len(seen) == 1 and time.perf_counter() < until:
        seen.add(len(beats))
    return seen


def native_ids() -> tuple[int, int, int]:
    """Return the kernel's numbers of this thread and of two others that live beside it."""
    told, both_are_there = list[int](), threading.Barrier(2)

    def live() -> None:
        told.append(kernels_number())
        both_are_there.wait()

    threads = [threading.Thread(target=live) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return kernels_number(), *told  # type: ignore[return-value]


def kernels_number() -> int:
    """Return the number by which the kernel knows this thread."""
    return threading.get_native_id()


def heart_that_stands_still(patch: Patch) -> None:
    """Let the other thread count once, and then no more."""

    def beat_once(self: Beating) -> None:
        self.beats.append(None)

    patch.setattr(Beating, "beat", beat_once)
    patch.setattr(sys.modules[__name__], "look_in_a_loop", lambda beats, _: {len(beats)})


def calls_that_let_others_in(patch: Patch) -> None:
    """Let every call of C give the lock away on its way."""

    def look(beats: list[None]) -> set[int]:
        seen = {len(beats)}
        while len(seen) == 1:
            time.sleep(0.0001)
            seen.add(len(beats))
        return seen

    patch.setattr(sys.modules[__name__], "look_in_one_call", look)


def calls_that_hold_everybody_up(patch: Patch) -> None:
    """Let nobody else get on while a call of C lasts, lock or no lock."""
    patch.setattr(sys.modules[__name__], "look_in_one_call", lambda beats: {len(beats)})


def one_thread_for_all(patch: Patch) -> None:
    """Let every thread have the number of the first."""
    patch.setattr(sys.modules[__name__], "kernels_number", lambda: 1)
