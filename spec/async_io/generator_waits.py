"""A consumer that waits for something else with each item: handed its items in one thread, or by a queue to another."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from functools import partial
from typing import Any, TypeVar

from spec.async_io.generator_pairs import Turns
from spec.support.deadlines import deadline, overdue, wait_until
from spec.threads.together import together

HandOver = Callable[[Turns, threading.Event], None]
Watched = TypeVar("Watched")


def hand_to_generator(turns: Turns, waiting: threading.Event) -> None:
    """Make two items, and send each to a generator that waits for something."""
    consumer = waiting_for(turns, waiting)
    next(consumer)
    for item in (1, 2):
        turns.note("producer", f"makes {item}")
        consumer.send(item)
    consumer.close()


def waiting_for(turns: Turns, waiting: threading.Event) -> Generator[None, Any, None]:
    """Wait for something else with each item."""
    while True:
        item = yield
        turns.note("consumer", f"waits with {item}")
        if not waiting.wait(deadline()):
            raise overdue("the end of the consumer's wait")
        turns.note("consumer", f"is done with {item}")


def hand_to_thread(turns: Turns, waiting: threading.Event) -> None:
    """Make two items, and put each in a queue to a thread that waits for something."""
    items: queue.Queue[int] = queue.Queue()
    consumer = waiting_for(turns, waiting)
    next(consumer)
    with together(lambda: [consumer.send(items.get(timeout=deadline())) for _ in range(2)], names=["consumer"]):
        for item in (1, 2):
            turns.note("producer", f"makes {item}")
            items.put(item)
    consumer.close()


def while_it_waits(turns: Turns, hand_over: HandOver, watch: Callable[[Callable[[], bool]], Watched]) -> Watched:
    """Watch, while the consumer waits with the first item, for the second to be made; then let the consumer go on."""
    waiting = threading.Event()
    with together(partial(hand_over, turns, waiting), at_end=waiting.set):
        wait_until(lambda: "consumer waits with 1" in turns.notes, "the consumer's wait")
        return watch(lambda: "producer makes 2" in turns.notes)
