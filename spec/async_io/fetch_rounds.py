"""How often a client waits for the network: answers that are given in rounds, and counted."""

from __future__ import annotations

import asyncio

from spec.async_io.fetch_hosts import Host
from spec.async_io.fetch_waits import until


class Rounds:
    """Answers all requests that are there when a client can send no more: that is one round."""

    def __init__(self, requests: int, at_once: int) -> None:
        self.count, self.answered = 0, 0
        self._requests, self._at_once = requests, at_once
        self._next_round = asyncio.Event()

    async def next_round(self) -> None:
        """Wait for the end of the round."""
        await self._next_round.wait()

    async def go(self, here: Host) -> None:
        """Hold a round, again and again, until all are answered."""
        while self.answered < self._requests:
            await until(lambda: len(here.requests) == min(self.answered + self._at_once, self._requests))
            self.answered = len(here.requests)
            self.count += 1
            self._next_round.set()
            self._next_round = asyncio.Event()
