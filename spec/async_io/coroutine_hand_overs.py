"""What it costs to make coroutines and threads, to switch between them, and to hand something over."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Generator
from contextlib import suppress
from typing import Any

from concurrency_lib import coroutines
from spec.async_io.coroutine_costs import LoopFactory, Pair, run_in_tasks, run_in_threads, used_by
from spec.support.deadlines import deadline


def handing_over(items: int) -> Pair:
    """Hand so many items to a consumer, and take an answer for each; return the processor time."""
    in_threads = used_by(lambda: hand_over_between_threads(items))
    return Pair(in_threads, used_by(lambda: coroutines.feed(echo(), range(items))))


@coroutines.consumer
def echo() -> Generator[Any, Any, None]:
    """Answer with what comes."""
    item = None
    while True:
        item = yield item


def hand_over_between_threads(items: int) -> None:
    """Hand items to a thread through one queue, and take the answers from another."""
    asked, answered = queue.Queue[int](), queue.Queue[int]()

    def answer() -> None:
        for _ in range(items):
            answered.put(asked.get(timeout=deadline()))

    thread = threading.Thread(target=answer)
    thread.start()
    for item in range(items):
        asked.put(item)
        answered.get(timeout=deadline())
    thread.join()


def making(number: int) -> Pair:
    """Make so many, and run each to its end, which comes at once; return the processor time."""
    return Pair(used_by(lambda: run_in_threads(number, nothing)), used_by(lambda: make_coroutines(number)))


def nothing() -> None:
    """Do nothing."""


def make_coroutines(number: int) -> None:
    """Make coroutines that do nothing, and drive each to its end."""
    for _ in range(number):
        with suppress(StopIteration):
            do_nothing().send(None)


async def do_nothing() -> None:
    """Do nothing."""


def switch_in_loop(loop_factory: LoopFactory, switches: int) -> float:
    """Return the processor time of one switch from a task to the other, in a loop with two of them."""

    async def give_way() -> None:
        for _ in range(switches // 2):
            await asyncio.sleep(0)

    return used_by(lambda: run_in_tasks(loop_factory, 2, give_way)) / switches


def switch_of_generators(switches: int) -> float:
    """Return the processor time of one step of a bare generator."""
    generator = (None for _ in range(switches + 1))
    return used_by(lambda: [next(generator) for _ in range(switches)]) / switches
