"""How many locks a producer and a consumer make and take, and in how many threads they run.

Locks are counted by putting others in their place: for a process of its own. Light: it imports neither pytest nor
hypothesis.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any, NamedTuple

from concurrency_lib import coroutines

ITEMS = 20


class Used(NamedTuple):
    """What a pair used for its items, and how many of them arrived."""

    made: int
    taken: int
    threads: int
    arrived: int


class Counter:
    """Counts the locks that are made from now on, how often they are taken, and the threads that note an item."""

    def __init__(self) -> None:
        # Lists, because threads that count in a number lose what the others count meanwhile.
        self.made: list[Any] = []
        self.taken: list[Any] = []
        self.arrived: list[threading.Thread] = []
        self.noted: list[threading.Thread] = []
        for kind in ("Lock", "RLock"):
            setattr(threading, kind, self._counting(getattr(threading, kind)))

    def note(self) -> None:
        """Note that this thread has made an item."""
        self.noted.append(threading.current_thread())

    def note_arrival(self) -> None:
        """Note that this thread has taken an item."""
        self.arrived.append(threading.current_thread())

    def used(self) -> Used:
        """Return what was counted."""
        return Used(len(self.made), len(self.taken), len({*self.noted, *self.arrived}), len(self.arrived))

    def _counting(self, honest: Callable[[], Any]) -> Callable[[], Any]:
        def make() -> Counted:
            self.made.append(None)
            return Counted(honest(), self)

        return make


class Counted:
    """A lock that counts how often it is taken."""

    def __init__(self, lock: Any, counter: Counter) -> None:
        self._lock, self._counter = lock, counter

    def __getattr__(self, name: str) -> Any:
        return getattr(self._lock, name)

    def acquire(self, *args: Any, **options: Any) -> Any:
        """Take it."""
        self._counter.taken.append(None)
        return self._lock.acquire(*args, **options)

    def __enter__(self) -> Any:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def protected() -> Any:
    """Return what the pair protects its items with: nothing."""
    return nullcontext()


def consuming(counter: Counter) -> Iterator[Any]:
    """Take items."""
    while True:
        yield
        with protected():
            counter.note_arrival()


def making(counter: Counter) -> Iterator[int]:
    """Make items."""
    for item in range(ITEMS):
        counter.note()
        yield item


def by_generators() -> Used:
    """Have a producer send to a consumer that is a generator."""
    counter = Counter()
    consumer: Any = consuming(counter)
    next(consumer)
    for item in making(counter):
        consumer.send(item)
    consumer.close()
    return counter.used()


def by_the_library() -> Used:
    """Have the library feed a consumer, and give turns to two more pairs."""
    counter = Counter()
    coroutines.feed(coroutines.consumer(consuming)(counter), making(counter))  # type: ignore[arg-type]
    with coroutines.RoundRobin() as turns:
        turns.spawn("one", making(counter))  # type: ignore[arg-type]
        turns.spawn("other", making(counter))  # type: ignore[arg-type]
        turns.run()
    return counter.used()


def by_threads() -> Used:
    """Have a thread put items in a queue, from which this thread takes them."""
    counter = Counter()
    items: queue.Queue[int] = queue.Queue()
    producer = started(lambda: [items.put(item) for item in making(counter)])
    for _ in range(ITEMS):
        items.get()
        counter.note_arrival()
    producer.join()
    return counter.used()


def started(function: Callable[[], object]) -> threading.Thread:
    """Start a thread that runs a function."""
    thread = threading.Thread(target=function)
    thread.start()
    return thread
