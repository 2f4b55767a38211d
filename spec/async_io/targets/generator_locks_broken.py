"""Pairs that use locks where they need none, and a pair that does without a thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

from concurrency_lib import coroutines
from spec.async_io.targets import generator_locks
from spec.support.sabotage import Patch


def pair_with_a_lock(patch: Patch) -> None:
    """Have the consumer take a lock for each item."""
    patch.setattr(generator_locks, "protected", lambda: threading.Lock())  # noqa: PLW0108 - it is replaced


def feeding_from_a_queue(patch: Patch) -> None:
    """Have the library put what it feeds in a queue first."""

    def feed(to: Any, messages: Any) -> Any:
        waiting: queue.Queue[Any] = queue.Queue()
        for message in messages:
            waiting.put(message)
        return honest(to, [waiting.get() for _ in range(waiting.qsize())])

    honest = coroutines.feed
    patch.setattr(coroutines, "feed", feed)


def threads_that_are_none(patch: Patch) -> None:
    """Have the function run in this thread, and start another that does nothing."""

    def run_here(function: Callable[[], object]) -> threading.Thread:
        function()
        return honest(lambda: None)

    honest = generator_locks.started
    patch.setattr(generator_locks, "started", run_here)
