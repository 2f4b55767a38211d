"""The modelled Event and semaphores: whoever waits for one may be the next to go on."""

from __future__ import annotations

from concurrency_lib.interleavings.conditions import Waiter, tell_all
from concurrency_lib.interleavings.primitives import Primitive, waits_for_ever


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
        tell_all(self._waiters)

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

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:  # noqa: FBT001, FBT002 - as `threading` has it
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
