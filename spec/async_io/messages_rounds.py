"""How often an event loop asks the kernel whether there is anything to do."""

from __future__ import annotations

import asyncio
import selectors
import socket
import threading
from typing import Any

from spec.support.deadlines import happens_in_a_while, wait_until
from spec.threads.together import together


class Counting(selectors.DefaultSelector):
    """Counts how often it is asked, and knows when it is to wait for as long as it takes."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.waits = 0, threading.Event()

    def select(self, timeout: float | None = None) -> Any:
        """Return what is ready, or wait for it."""
        self.asked += 1
        if timeout is None:
            self.waits.set()
        return super().select(timeout)


class Restless(Counting):
    """Never waits, although it is to."""

    def select(self, timeout: float | None = None) -> Any:
        """Return what is ready now."""
        super().select(0)
        if timeout is None:
            self.waits.set()
        return super().select(0)


def asks_again_while_it_waits(selector: Counting) -> tuple[bool, bytes]:
    """Receive from a peer that is silent at first; say whether the loop asks again meanwhile, and what comes."""
    ours, theirs = socket.socketpair()

    def keep_silent_and_send() -> bool:
        try:
            wait_until(selector.waits.is_set, "the wait of the loop")
            asked = selector.asked
            return happens_in_a_while(lambda: selector.asked > asked)
        finally:
            theirs.sendall(b"sent")

    async def receive() -> bytes:
        return await asyncio.get_running_loop().sock_recv(ours, 100)

    with ours, theirs, together(keep_silent_and_send) as [peer]:
        ours.settimeout(0)
        with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(selector)) as runner:
            received = runner.run(receive())
        return peer.value(), received
