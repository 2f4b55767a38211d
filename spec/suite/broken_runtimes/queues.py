"""Runtimes whose queues between processes break one promise each."""

from __future__ import annotations

import multiprocessing.queues
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by, replace

Queue = multiprocessing.queues.Queue


@noticed_by(
    "ipc-queue-moves-data",
    "ipc-get-blocks",
    "ipc-parent-creates-and-passes",
    "ipc-join-writer",
    "ipc-reader-cannot-be-awaited",
)
def queue_swaps_neighbours() -> None:
    """Of each two items that lie in a queue, the second comes out first."""

    def get(honest: Any) -> Any:
        def second_first(self: Any, block: bool = True, timeout: float | None = None) -> Any:
            if held := self.__dict__.pop("held", None):
                return held[0]
            first = honest(self, block, timeout)
            if first is None or not self._poll(0.05):
                return first
            self.held = (first,)
            return honest(self, block, timeout)

        return second_first

    replace(Queue, "get", get)


@noticed_by("ipc-queue-moves-data", "ipc-sample6-output", "ipc-join-writer", "ipc-reader-cannot-be-awaited")
def queue_drops_one_item_in_three() -> None:
    """Every third item that a process puts in a queue is lost."""

    def put(honest: Any) -> Any:
        def lose_some(self: Any, *args: Any, **kwargs: Any) -> None:
            self.count = getattr(self, "count", 0) + 1
            if self.count % 3:
                honest(self, *args, **kwargs)

        return lose_some

    replace(Queue, "put", put)
