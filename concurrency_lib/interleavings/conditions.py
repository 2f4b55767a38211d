"""The modelled Condition: which of those who wait is told is chosen, and every choice is explored."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from concurrency_lib.interleavings.explored import callers_frame, explored, place_of
from concurrency_lib.interleavings.locks import Lock, RLock
from concurrency_lib.interleavings.operations import Operation
from concurrency_lib.interleavings.primitives import Primitive, me

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")


class Waiter:
    """One of those who wait to be told."""

    def __init__(self) -> None:
        self.told = False
        self.worker = me()
        self.where = place_of(callers_frame())

    def was_told(self) -> bool:
        """Tell whether it was."""
        return self.told


def tell_all(waiters: list[Waiter]) -> None:
    """Tell everyone who waits."""
    for waiter in waiters:
        waiter.told = True
    waiters.clear()


class Condition(Primitive):
    """`threading.Condition`, with its own lock or a given one; what happens to it happens to the lock."""

    def __init__(self, lock: Lock | None = None) -> None:
        super().__init__()
        self._lock = RLock() if lock is None else lock
        self._waiters: list[Waiter] = []
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __enter__(self) -> bool:
        return self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def owners(self) -> tuple[int, ...]:
        """Return who holds the lock."""
        return self._lock.owners()

    def wait(self, timeout: float | None = None) -> bool:
        """Let go of the lock, wait to be told, and take it again; False if time ran out first."""
        waiter = Waiter()
        self._step_of_owner("wait")
        depth = self._lock._let_go()  # noqa: SLF001 - its own lock
        self._waiters.append(waiter)
        if timeout is None:
            self._on_lock("wake", lambda: waiter.told and self._lock._free())  # noqa: SLF001 - its own lock
            self._lock._take(depth)  # noqa: SLF001 - its own lock
            return True
        self._on_lock("wake or give up")
        told = waiter.told
        if not told:
            self._on_lock("leave")  # until now it might have been told, and that would have been lost
            self._waiters = [other for other in self._waiters if other is not waiter]
        self._on_lock("acquire", self._lock._free)  # noqa: SLF001 - its own lock
        self._lock._take(depth)  # noqa: SLF001 - its own lock
        return told

    def wait_for(self, predicate: Callable[[], Answer], timeout: float | None = None) -> Answer:
        """Wait until the predicate holds, or time runs out; return what it answered last."""
        answer = predicate()
        while not answer:
            in_time = self.wait(timeout)
            answer = predicate()
            if not in_time:
                break
        return answer

    def notify(self, n: int = 1) -> None:
        """Tell n of those who wait: any n of them, of which each choice is explored."""
        self._step_of_owner("notify")
        if n >= len(self._waiters):
            tell_all(self._waiters)
            return
        for _ in range(n):
            waiter = self._choose_waiter()
            waiter.told = True
            self._waiters.remove(waiter)

    def _choose_waiter(self) -> Waiter:
        """Return one of those who wait: the first, unless there is a choice and an exploration to make it."""
        worker = explored()
        if worker is None or len(self._waiters) == 1:
            return self._waiters[0]
        key = str(self._lock)
        choices = {w.worker: Operation("be told", key, writes=True, where=w.where) for w in self._waiters}
        chosen = worker.run.pick(choices)
        return next(waiter for waiter in self._waiters if waiter.worker == chosen)

    def notify_all(self) -> None:
        """Tell everyone who waits."""
        self.notify(len(self._waiters))

    def _on_lock(self, name: str, ready: Callable[[], bool] | None = None) -> None:
        self._lock._step(name, ready, shown=self)  # noqa: SLF001 - its own lock

    def _step_of_owner(self, name: str) -> None:
        if not self._lock._is_owned():  # noqa: SLF001 - its own lock
            raise RuntimeError(f"cannot {name} on un-acquired lock")
        self._on_lock(name)
