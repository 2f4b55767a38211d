"""A gate that holds the requests of any process, in a call that blocks or beside the other tasks of a loop."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from multiprocessing.connection import wait

from spec.support.deadlines import deadline, overdue

LINE_END = b"\n"


class Gate:
    """Holds requests, in any process, until it is opened; each says in which process and thread it waits."""

    def __init__(self) -> None:
        self.came, self._came = os.pipe()
        self._opened, self._open = os.pipe()

    def hold(self, request: bytes) -> bytes:
        """Block until the gate is open."""
        self._arrive()
        wait([self._opened], deadline())
        return request

    async def hold_in_loop(self, request: bytes) -> bytes:
        """Let other tasks of the loop go on until the gate is open."""
        self._arrive()
        while not wait([self._opened], 0):  # noqa: ASYNC110 - an event of another process
            await asyncio.sleep(0.001)
        return request

    def await_arrivals(self, number: int) -> list[tuple[int, int]]:
        """Wait until so many requests are held; return where."""
        told, give_up = b"", time.monotonic() + deadline()
        while told.count(LINE_END) < number:
            if not wait([self.came], give_up - time.monotonic()):
                raise overdue(f"{number} requests at the gate, there are {told.count(LINE_END)}")
            told += os.read(self.came, 4096)
        return [(int(pid), int(thread)) for pid, thread in map(bytes.split, told.splitlines())]

    def open(self) -> None:
        """Let everybody through."""
        os.write(self._open, b".")

    def _arrive(self) -> None:
        os.write(self._came, f"{os.getpid()} {threading.get_ident()}\n".encode())
