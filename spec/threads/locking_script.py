"""Scripts of what threads do with one lock, played by real threads in lockstep against a model of the lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from spec.support.deadlines import deadline, overdue, wait_until
from spec.threads.together import together

THREADS = 3
TINY = 0.0002  # seconds

DEEDS: dict[str, Callable[[Any], object]] = {
    "acquire": lambda lock: lock.acquire(),
    "try": lambda lock: lock.acquire(blocking=False),
    "in no time": lambda lock: lock.acquire(timeout=0),
    "in a moment": lambda lock: lock.acquire(timeout=TINY),
    "release": lambda lock: lock.release(),
    "look": lambda lock: lock.locked(),
}


class Model:
    """What the documentation makes of a lock: who holds it, how often, and who waits for it."""

    def __init__(self, *, reentrant: bool) -> None:
        self.reentrant = reentrant
        self.holder: int | None = None
        self.depth = 0
        self.waiting: set[int] = set()

    def answers(self, thread: int, deed: str) -> list[tuple[set[int], object]]:
        """Return who answers what when the thread does this: of each set of threads one."""
        if deed == "release":
            return self._release(thread)
        if deed == "look":
            return [({thread}, self.holder is not None)]
        if self.holder is None or (self.reentrant and self.holder == thread):
            self.taken_by(thread)
            return [({thread}, True)]
        if deed == "acquire":
            self.waiting.add(thread)
            return []
        return [({thread}, False)]

    def taken_by(self, thread: int) -> None:
        """Note who has got it, at once or after waiting."""
        self.holder = thread
        self.depth += 1
        self.waiting.discard(thread)

    def _release(self, thread: int) -> list[tuple[set[int], object]]:
        if self.holder is None or (self.reentrant and self.holder != thread):
            return [({thread}, RuntimeError)]
        self.depth -= 1
        self.holder = self.holder if self.depth else None
        goes_on = [(set(self.waiting), True)] if self.waiting and self.holder is None else []
        return [({thread}, None), *goes_on]


class Lockstep:
    """Threads that each do what they are told, and say what came of it."""

    def __init__(self) -> None:
        self._orders: list[SimpleQueue[Any]] = [SimpleQueue() for _ in range(THREADS)]
        self._answers: SimpleQueue[tuple[int, object]] = SimpleQueue()
        self.busy: set[int] = set()

    def work(self, thread: int) -> None:
        """Be one of the threads."""
        for deed in iter(self._orders[thread].get, None):
            try:
                answer = deed()
            except RuntimeError:
                answer = RuntimeError
            self._answers.put((thread, answer))

    def tell(self, thread: int, deed: Callable[[], object]) -> None:
        """Have a thread do something."""
        self.busy.add(thread)
        self._orders[thread].put(deed)

    def answer(self, timeout: float) -> tuple[int, object]:
        """Return who has done what it was told, and what came of it."""
        thread, answer = self._answers.get(timeout=timeout)
        self.busy.discard(thread)
        return thread, answer

    def set_free(self, lock: Any) -> None:
        """Let go of the lock in every way that there is, until nobody waits for it."""

        def nobody_is_busy() -> bool:
            with suppress(RuntimeError):
                lock.release()
            for thread in set(range(THREADS)) - self.busy:
                self.tell(thread, lock.release)
            with suppress(Empty):
                while self.busy:
                    self.answer(timeout=0.001)
            return not self.busy

        wait_until(nobody_is_busy, "the release of every thread")

    def dismiss(self) -> None:
        """Let the threads end."""
        for orders in self._orders:
            orders.put(None)


@contextmanager
def lockstep() -> Iterator[Lockstep]:
    """Yield threads for the block."""
    crew = Lockstep()
    with together(*(partial(crew.work, thread) for thread in range(THREADS)), at_end=crew.dismiss):
        yield crew


def play(script: Iterable[tuple[int, str]], lock: Any, model: Model, crew: Lockstep) -> None:
    """Have the threads do what the script says, and assert that each answers as the model does.

    What a thread that waits is told is left out: it can do nothing.
    """
    try:
        for thread, deed in script:
            if thread not in model.waiting:
                expected = model.answers(thread, deed)
                crew.tell(thread, partial(DEEDS[deed], lock))
                assert_answers(expected, model, crew)
        assert crew.busy == model.waiting
    finally:
        if crew.busy:
            crew.set_free(lock)


def assert_answers(expected: list[tuple[set[int], object]], model: Model, crew: Lockstep) -> None:
    """Assert that as many threads answer, and these."""
    for _ in range(len(expected)):
        try:
            thread, answer = crew.answer(deadline())
        except Empty:
            raise overdue(f"one of the answers {expected}") from None
        fitting = [each for each in expected if thread in each[0] and answer is each[1]]

        assert fitting, f"thread {thread} answered {answer}, expected one of {expected}"

        expected.remove(fitting[0])
        if fitting[0] == (fitting[0][0], True) and thread in model.waiting:
            model.taken_by(thread)
