"""The primitives with which one worker tells another: Condition, Event, Semaphore.

Who waits is queued, and told in the order of the queue, as in CPython; other orders are not explored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from concurrency_lib.interleavings.primitives import Lock, Primitive, RLock, waits_for_ever

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")


class Waiter:
    """One place in the queue of those who wait to be told."""

    told = False

    def was_told(self) -> bool:
        """Tell whether it was."""
        return self.told


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
        depth = self._lock._let_go()  # noqa: SLF001
        self._waiters.append(waiter)
        if timeout is None:
            self._on_lock("wake", lambda: waiter.told and self._lock._free())  # noqa: SLF001
            self._lock._take(depth)  # noqa: SLF001
            return True
        self._on_lock("wake or give up")
        told = waiter.told
        if not told:
            self._on_lock(
                "leave"
            )  # until now it stood in the queue, so that it may have been told, and that is lost
            self._waiters = [other for other in self._waiters if other is not waiter]
        self._on_lock("acquire", self._lock._free)  # noqa: SLF001
        self._lock._take(depth)  # noqa: SLF001
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
        """Tell the first n of those who wait."""
        self._step_of_owner("notify")
        for waiter in self._waiters[:n]:
            waiter.told = True
        del self._waiters[:n]

    def notify_all(self) -> None:
        """Tell everyone who waits."""
        self.notify(len(self._waiters))

    def _on_lock(self, name: str, ready: Callable[[], bool] | None = None) -> None:
        self._lock._step(name, ready, shown=self)  # noqa: SLF001

    def _step_of_owner(self, name: str) -> None:
        if not self._lock._is_owned():  # noqa: SLF001
            raise RuntimeError(f"cannot {name} on un-acquired lock")
        self._on_lock(name)


class Event(Primitive):
    """`threading.Event`: who waits when it is set goes on, even if it is cleared before that."""

    def __init__(self) -> None:
        super().__init__()
        self._is_set = False
        self._waiters: list[Waiter] = []

    def is_set(self) -> bool:
        """Tell whether it is set."""
        self._step("look at", writes=False)
        return self._is_set

    def set(self) -> None:
        """Set it, and let everyone go on who waits for it."""
        self._step("set")
        self._is_set = True
        for waiter in self._waiters:
            waiter.told = True
        self._waiters.clear()

    def clear(self) -> None:
        """Take it back."""
        self._step("clear")
        self._is_set = False

    def wait(self, timeout: float | None = None) -> bool:
        """Go on when it is set; False if time ran out first."""
        self._step("wait for")
        if self._is_set:
            return True
        waiter = Waiter()
        self._waiters.append(waiter)
        self._step("wake", waiter.was_told if timeout is None else None)
        if not waiter.told:
            self._waiters.remove(waiter)
        return waiter.told


class Semaphore(Primitive):
    """`threading.Semaphore`."""

    def __init__(self, value: int = 1) -> None:
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        super().__init__()
        self._value = self._initial = value

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:  # noqa: FBT001, FBT002
        """Take one; False if that cannot be, for lack of time."""
        self._step("acquire", self._has_some if waits_for_ever(blocking, timeout) else None)
        if not self._has_some():
            return False
        self._value -= 1
        return True

    def release(self, n: int = 1) -> None:
        """Give back n."""
        if n < 1:
            raise ValueError("n must be one or more")
        self._step("release")
        self._value += n

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _has_some(self) -> bool:
        return self._value > 0


class BoundedSemaphore(Semaphore):
    """`threading.BoundedSemaphore`: ValueError if more is given back than was taken."""

    def release(self, n: int = 1) -> None:
        """Give back n."""
        self._step("release")
        if self._value + n > self._initial:
            raise ValueError("Semaphore released too many times")
        self._value += n
