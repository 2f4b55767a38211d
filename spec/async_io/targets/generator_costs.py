"""What it costs to hand items over and get the answers back: to a generator, and to another thread by queues.

Light: it imports neither pytest nor hypothesis.
"""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from spec.support.measuring import Sample

END = object()
WORK = bytes(1_000_000)  # made once: memory that each thread would ask for anew is no cost of handing over


def answering() -> Generator[int, int, None]:
    """Answer each number with the next."""
    answer = 0
    while True:
        answer = answer_to((yield answer))


def by_generator(items: int) -> None:
    """Hand items to a generator, each when the one before has its answer."""
    consumer = answering()
    next(consumer)
    for item in range(items):
        consumer.send(item)
    consumer.close()


def by_queues(items: int) -> None:
    """Hand items to another thread by a queue, each when the one before has its answer, which comes by another."""
    with another_thread() as (asked, answered):
        for item in range(items):
            asked.put(item)
            answered.get()


def by_queue_ahead(items: int) -> None:
    """Hand items to another thread by a queue, whether those before have their answers or not; then take these."""
    with another_thread() as (asked, answered):
        for item in range(items):
            asked.put(item)
        for _ in range(items):
            answered.get()


@contextmanager
def another_thread() -> Iterator[tuple[queue.Queue[Any], queue.Queue[int]]]:
    """Have a thread that answers; yield the queue in which it is asked, and that of its answers."""
    asked: queue.Queue[Any] = queue.Queue()
    answered: queue.Queue[int] = queue.Queue()
    consumer = threading.Thread(target=answer_from, args=(asked, answered))
    consumer.start()
    try:
        yield asked, answered
    finally:
        asked.put(END)
        consumer.join()


def answer_from(asked: queue.Queue[Any], answered: queue.Queue[int]) -> None:
    """Answer each number with the next, until the end."""
    while (item := asked.get()) is not END:
        answered.put(answer_to(item))


def seconds_of(way: Callable[[int], None], items: int) -> float:
    """Return the processor time, of the program and of the kernel for it, that handing over takes."""
    before = time.process_time_ns()
    way(items)
    return (time.process_time_ns() - before) / 1e9


WAYS = {"by_generator": by_generator, "by_queues": by_queues, "by_queue_ahead": by_queue_ahead}


def threads_by_generators(way: str, items: int) -> tuple[Sample, float, float]:
    """Return by how many times the processor time of a way exceeds that of a generator, and both in µs an item.

    What other programs do hardly changes that: such a sample speaks on any machine.
    """
    threads, generator = seconds_of(WAYS[way], items), seconds_of(by_generator, items)
    return Sample(threads / generator), threads / items * 1e6, generator / items * 1e6


def per_item(numbers: list[int]) -> dict[str, list[tuple[int, float]]]:
    """Return for each way, and each number of items, the processor time in µs an item."""
    return {
        name: [(items, round(seconds_of(way, items) / items * 1e6, 3)) for items in numbers]
        for name, way in WAYS.items()
    }


def with_work(items: int) -> tuple[Sample, float, float]:
    """Compare as `threads_by_generators` does, where either consumer has something to compute for each answer."""
    here = sys.modules[__name__]
    here.answer_to = laborious  # type: ignore[attr-defined]  # this process ends with the one comparison
    return threads_by_generators("by_queues", items)


def answer_to(number: int) -> int:
    """Answer a number with the next."""
    return number + 1


def laborious(number: int) -> int:
    """Do the same after about a millisecond of computing."""
    return sha256(WORK).digest_size + number
