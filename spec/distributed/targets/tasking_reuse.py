"""A program that knows queues alone, on queues of its own process and of a manager's."""

from __future__ import annotations

import multiprocessing
import queue
import sys
from typing import Any

from spec.distributed.targets.tasking import started


def double_all(source: Any, sink: Any) -> None:
    """Do what a program does that knows queues alone: take numbers to the first None, and put each twice as large."""
    for number in iter(source.get, None):
        sink.put(2 * number)


def doubled_by_network(numbers: list[int]) -> tuple[list[int], bool]:
    """Let that program work on a manager's queues; return what it put, and whether they are queues to their type."""
    with started() as manager:
        source, sink = manager.tasks(), manager.results()
        for number in (*numbers, None):
            source.put(number)
        double_all(source, sink)
        return [sink.get(timeout=20) for _ in numbers], isinstance(source, queue.Queue)


def doubled_here(numbers: list[int]) -> list[int]:
    """Let the same program work on plain queues."""
    source, sink = queue.Queue[Any](), queue.Queue[Any]()
    for number in (*numbers, None):
        source.put(number)
    double_all(source, sink)
    return [sink.get() for _ in numbers]


def queue_sent_by_network() -> None:
    """Put a queue of multiprocessing into a manager's queue."""
    with started() as manager:
        manager.tasks().put(own_queue())


def own_queue() -> Any:
    """Make a queue as a program has it that stays on one machine."""
    return multiprocessing.get_context("fork").SimpleQueue()


def queue_of_one_process(patch: Any) -> None:
    """Let that queue be one whose type means nothing to multiprocessing."""
    patch.setattr(sys.modules[__name__], "own_queue", list)


def queue_of_texts(patch: Any) -> None:
    """Let the program put what numbers look like."""

    def double_texts(source: Any, sink: Any) -> None:
        for number in iter(source.get, None):
            sink.put(str(2 * number))

    patch.setattr(sys.modules[__name__], "double_all", double_texts)
