"""Threads that hand over to each other, on one core, and what the kernel counts of it."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any, NamedTuple

from spec.support.sabotage import Patch

ROUNDS = 100


class Counted(NamedTuple):
    """How often the kernel took a task off its core: because it waited, and because its time was up."""

    voluntary: int
    involuntary: int


class Switched(NamedTuple):
    """How often two tasks handed over, what the kernel counted for each, and whether each found its own state again."""

    rounds: int
    counted: list[Counted]
    own: list[bool]


def hold_on_one_core() -> None:
    """Hold this process on one of its cores."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-1:])


def counted_here() -> Counted:
    """Return what the kernel has counted for this thread."""
    lines = Path(f"/proc/self/task/{threading.get_native_id()}/status").read_text().splitlines()
    found = dict(line.split(":") for line in lines if "ctxt_switches" in line)
    return Counted(int(found["voluntary_ctxt_switches"]), int(found["nonvoluntary_ctxt_switches"]))


def since(before: Counted) -> Counted:
    """Return what the kernel has counted since."""
    now = counted_here()
    return Counted(now.voluntary - before.voluntary, now.involuntary - before.involuntary)


def hand_over_between_threads() -> Switched:
    """Have two threads hand over, each going on only when the other has."""
    hold_on_one_core()
    ours, theirs = threading.Lock(), threading.Lock()
    found: list[tuple[Counted, bool]] = []
    theirs.acquire()
    other = threading.Thread(target=lambda: found.append(take_turns(theirs, ours, ROUNDS)))
    other.start()
    found.insert(0, take_turns(ours, theirs, ROUNDS))
    other.join()
    return Switched(ROUNDS, [counted for counted, _ in found], [own for _, own in found])


def take_turns(mine: Any, others: Any, rounds: int) -> tuple[Counted, bool]:
    """Wait for one's turn and pass it on; return what was counted, and whether one's own sum is right."""
    before, total = counted_here(), 0
    for number in range(rounds):
        mine.acquire()
        total += number
        others.release()
    return since(before), total == sum(range(rounds))


def turns_without_the_kernel(patch: Patch) -> None:
    """Have the two tasks do without the kernel: each has all its turns at once."""
    here = sys.modules[__name__]
    patch.setattr(here, "take_turns", lambda *_: (Counted(0, 0), True))


def state_that_gets_lost(patch: Patch) -> None:
    """Have every task find something else in the place of its own."""
    here = sys.modules[__name__]
    original = take_turns
    patch.setattr(here, "take_turns", lambda *args: (original(*args)[0], False))
