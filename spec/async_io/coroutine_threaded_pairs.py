"""Producers and consumers for two threads that share a condition or a queue; and others that spoil what is shown."""

from __future__ import annotations

import queue
import threading

ITEMS = 2


class Table:
    """What the two sides share."""

    def __init__(self) -> None:
        self.items: list[int] = []
        self.taken: list[int] = []
        self.lock = threading.Lock()
        self.is_there = threading.Event()
        self.condition = threading.Condition()
        self.queue: queue.Queue[int] = queue.Queue(1)


def put_on_condition(shared: Table) -> None:
    """Put one item after the other where there is room for one."""
    for item in range(ITEMS):
        with shared.condition:
            while shared.items:
                shared.condition.wait()
            shared.items.append(item)
            shared.condition.notify()


def take_on_condition(shared: Table) -> None:
    """Take the items, waiting without the lock."""
    for _ in range(ITEMS):
        with shared.condition:
            while not shared.items:
                shared.condition.wait()
            shared.taken.append(shared.items.pop())
            shared.condition.notify()


def put_in_queue(shared: Table) -> None:
    """Put the items into a queue that has room for one."""
    for item in range(ITEMS):
        shared.queue.put(item)


def take_from_queue(shared: Table) -> None:
    """Take them out."""
    for _ in range(ITEMS):
        shared.taken.append(shared.queue.get())


def put_without_lock(shared: Table) -> None:
    """Add one item without the lock, and tell that it is there."""
    shared.items.append(0)
    shared.is_there.set()


def take_after_waiting(shared: Table) -> None:
    """Wait for an item, and take it under the lock then."""
    shared.is_there.wait()
    with shared.lock:
        shared.taken.append(shared.items.pop())


def put_in_silence(shared: Table) -> None:
    """Put the items where the condition guards them, and tell nobody."""
    with shared.condition:
        shared.items.extend(range(ITEMS))
