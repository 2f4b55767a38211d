"""A thread that loops with a turn of a thousand seconds before it, and another that wants to get on meanwhile."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

from spec.support.runtime import gil_enabled
from spec.support.sabotage import Patch

FOR_EVER = 1000.0  # seconds


def loops_beside_a_waiting_thread(loops: int, tries: int = 1) -> int:
    """Return after how many loops a waiting thread got on, or how many were done without; try again if they were."""
    for _ in range(tries):
        if (done := loops_with_a_long_turn(loops)) < loops:
            break
    return done


def loops_with_a_long_turn(loops: int) -> int:
    """Ask for turns of a thousand seconds, and loop until another thread that wants one has got on.

    That thread gives its turn back at once: else this one would have to wait a thousand seconds for its own.
    """
    got_on, may_want, before = list[None](), threading.Lock(), sys.getswitchinterval()

    def want_a_turn() -> None:
        with may_want:
            got_on.append(None)

    thread = threading.Thread(target=want_a_turn)
    with may_want:
        thread.start()
        sys.setswitchinterval(FOR_EVER)
    try:
        return loops_until(got_on, loops)
    finally:
        sys.setswitchinterval(before)
        thread.join()


def loops_until(got_on: list[None], loops: int) -> int:
    """Loop until the other thread has got on, so many times at the most; return how many times that was."""
    pause = between_loops(got_on)
    for done in range(loops):
        pause(done)
        if got_on:
            return done
    return loops


def between_loops(_got_on: list[None]) -> Callable[[int], object]:
    """Do nothing between two loops; a place for what else a runtime might do there."""
    return lambda _: None


def handing_over_every_hundred(patch: Patch) -> None:
    """Let the other thread have a turn after some twenty loops, which are about a hundred bytecodes."""

    def pause_for(got_on: list[None]) -> Callable[[int], object]:
        def pause(done: int) -> None:
            while done == 19 and not got_on:
                time.sleep(0.0001)

        return pause

    patch.setattr(sys.modules[__name__], "between_loops", pause_for)


def runtime_of_the_other_kind(patch: Patch) -> None:
    """Let another thread get on in the middle of a turn where there is a lock, and not at all where there is none."""
    if gil_enabled():
        handing_over_every_hundred(patch)
    else:
        patch.setattr(sys.modules[__name__], "loops_until", lambda _got_on, loops: loops)
