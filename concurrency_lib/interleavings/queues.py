"""The modelled queues of the module `queue`: each of their operations is one step."""

from __future__ import annotations

import heapq
import queue
from collections import deque
from queue import Empty, Full
from typing import Any

from concurrency_lib.interleavings.primitives import Primitive

ShutDown: Any = getattr(queue, "ShutDown", Full)  # from 3.13 on; before, nobody can shut a queue down


class Queue(Primitive):
    """`queue.Queue`: first in, first out."""

    def __init__(self, maxsize: int = 0) -> None:
        super().__init__()
        self.maxsize = maxsize
        self.queue: Any = self._empty()
        self.unfinished_tasks = 0
        self.is_shutdown = False

    def put(self, item: object, block: bool = True, timeout: float | None = None) -> None:  # noqa: FBT001, FBT002 - as `queue` has it
        """Add an item; raise Full if there is no room, for lack of time."""
        self._step("put into", self._may_put if block and timeout is None else None)
        if self.is_shutdown:
            raise ShutDown
        if not self._has_room():
            raise Full
        self._put(item)
        self.unfinished_tasks += 1

    def get(self, block: bool = True, timeout: float | None = None) -> Any:  # noqa: FBT001, FBT002 - as `queue` has it
        """Remove an item and return it; raise Empty if there is none, for lack of time."""
        self._step("get from", self._may_get if block and timeout is None else None)
        if not self._has_items():
            raise ShutDown if self.is_shutdown else Empty
        return self._get()

    def put_nowait(self, item: object) -> None:
        """Add an item, or raise Full."""
        self.put(item, block=False)

    def get_nowait(self) -> Any:
        """Remove an item and return it, or raise Empty."""
        return self.get(block=False)

    def task_done(self) -> None:
        """Say that an item that was taken is dealt with."""
        self._step("task done in")
        if self.unfinished_tasks <= 0:
            raise ValueError("task_done() called too many times")
        self.unfinished_tasks -= 1

    def join(self) -> None:
        """Wait until every item that was put was dealt with."""
        self._step("join", lambda: not self.unfinished_tasks)

    def shutdown(self, immediate: bool = False) -> None:  # noqa: FBT001, FBT002 - as `queue` has it
        """Let nobody put an item any more, nor get one if `immediate`; who waits for what cannot come is told."""
        self._step("shut down")
        self.is_shutdown = True
        if immediate:
            self.unfinished_tasks = max(0, self.unfinished_tasks - len(self.queue))
            self.queue.clear()

    def qsize(self) -> int:
        """Return how many items there are."""
        self._step("look at", writes=False)
        return len(self.queue)

    def empty(self) -> bool:
        """Tell whether there is no item."""
        return not self.qsize()

    def full(self) -> bool:
        """Tell whether there is no room."""
        self._step("look at", writes=False)
        return not self._has_room()

    def _has_room(self) -> bool:
        return not 0 < self.maxsize <= len(self.queue)

    def _has_items(self) -> bool:
        return bool(self.queue)

    def _may_put(self) -> bool:
        return self._has_room() or self.is_shutdown

    def _may_get(self) -> bool:
        return self._has_items() or self.is_shutdown

    def _empty(self) -> Any:
        return deque()

    def _put(self, item: object) -> None:
        self.queue.append(item)

    def _get(self) -> Any:
        return self.queue.popleft()


class SimpleQueue(Queue):
    """`queue.SimpleQueue`: unbounded."""

    def __init__(self) -> None:
        super().__init__()


class LifoQueue(Queue):
    """`queue.LifoQueue`: last in, first out."""

    def _get(self) -> Any:
        return self.queue.pop()


class PriorityQueue(Queue):
    """`queue.PriorityQueue`: the least comes first."""

    def _empty(self) -> Any:
        return []

    def _put(self, item: object) -> None:
        heapq.heappush(self.queue, item)

    def _get(self) -> Any:
        return heapq.heappop(self.queue)
