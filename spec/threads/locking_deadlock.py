"""Deadlocks of real threads: forced, watched, and ended again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from spec.support.deadlines import deadline, wait_until
from spec.threads.locking import let_go
from spec.threads.together import Running, together

NAMES = ("left first", "right first")


class Crossing:
    """Two locks, and two threads that take them in opposite orders, each holding its first when it asks for both."""

    def __init__(self, make_lock: Callable[[], Any]) -> None:
        self.left, self.right = make_lock(), make_lock()
        self.both_hold_one = threading.Barrier(2)
        self.asking: list[str] = []
        self.is_over = False

    def cross(self, first: Any, second: Any, timeout: float = -1) -> bool:
        """Take one lock, and ask for the other; let go of that again, and of the first never."""
        first.acquire()
        self.both_hold_one.wait(deadline())
        self.asking.append(threading.current_thread().name)
        got = bool(second.acquire(timeout=timeout))
        if got:
            second.release()
        return got

    def let_go(self) -> None:
        """Let go of both locks, whoever holds them, when called for the first time: from then on the threads do."""
        if not self.is_over:
            self.is_over = True
            let_go(self.left, self.right)


@contextmanager
def deadlocked(make_lock: Callable[[], Any]) -> Iterator[tuple[Crossing, list[Running]]]:
    """Yield two locks, and two threads that each hold one and ask for the other; at the end let go of both."""
    locks = Crossing(make_lock)
    one, other = (partial(locks.cross, *order) for order in ((locks.left, locks.right), (locks.right, locks.left)))
    with together(one, other, names=NAMES, at_end=locks.let_go) as threads:
        wait_until(lambda: len(locks.asking) == len(NAMES), "two threads that ask for each other's lock")
        yield locks, threads


def times_run(thread: Running) -> int:
    """Return how often a thread has left its core, as only one can that has run."""
    return sum(int(value) for name, value in status_of(thread).items() if name.endswith("ctxt_switches"))


def falls_asleep(thread: Running) -> int:
    """Wait until a thread, which is known to do nothing but wait next, does so; return how often it has run."""
    seen = [-1]

    def is_still() -> bool:
        asleep = status_of(thread)["State"].startswith("S")  # a thread that waits for its turn on a core is not
        seen.append(times_run(thread) if asleep else -1)
        return asleep and seen[-1] == seen[-2]

    wait_until(is_still, f"sleep of {thread.name}")
    return seen[-1]


def status_of(thread: Running) -> dict[str, str]:
    """Return what the kernel tells about a thread."""
    lines = Path(f"/proc/self/task/{thread.thread.native_id}/status").read_text(encoding="utf-8").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
