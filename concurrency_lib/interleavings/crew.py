"""Threads that are used again for every run, and the gates at which they wait for their turn.

A gate is a bare lock: opening it wakes exactly one thread, and all that was written before it was opened is
seen by whoever passes it, with a GIL or without. Starting a thread for each run would cost more than the run.
"""

from __future__ import annotations

import _thread
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def closed_gate() -> _thread.LockType:
    """Return a gate at which the first thread to come waits."""
    gate = _thread.allocate_lock()
    gate.acquire()
    return gate


class Crew:
    """So many parked threads; `work(index)` runs in thread `index` each time its gate is opened."""

    def __init__(self, size: int, work: Callable[[int], None]) -> None:
        self.gates = [closed_gate() for _ in range(size)]
        self.home = closed_gate()  # where the exploring thread waits
        self._work = work
        self._dismissed = False
        self.threads = [
            threading.Thread(target=self._live, args=(index,), name=f"worker {index}", daemon=True)
            for index in range(size)
        ]
        for thread in self.threads:
            thread.start()

    def _live(self, index: int) -> None:
        gate = self.gates[index]
        while True:
            gate.acquire()
            if self._dismissed:
                return
            self._work(index)

    def dismiss(self) -> None:
        """End the threads, which must all be parked, and wait for that."""
        self._dismissed = True
        for gate, thread in zip(self.gates, self.threads, strict=True):
            gate.release()
            thread.join()

    def abandon(self) -> None:
        """Let each thread end when it gets so far: one of them is stuck."""
        self._dismissed = True
        for gate in self.gates:
            if gate.locked():
                gate.release()
