"""The bare modelled primitive, and the locks: the scheduler sees each operation, no real thread blocks.

An operation that may have to wait is a step that can only happen when it need not. With a timeout, or without
blocking, it is a step that can always happen, and fails if it happens while it would have to wait: the places
where it may happen are the moments at which time could run out. Outside an exploration, in `setup` for example,
operations act at once, and one that would have to wait is an error.
"""  # noqa: E501

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from concurrency_lib.interleavings.operations import Operation
from concurrency_lib.interleavings.watching import callers_frame, explored, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OUTSIDE = -1  # the owner of what was taken in `setup`
_made: dict[int, Iterator[int]] = {}  # by the worker that makes it


def begin() -> None:
    """Count what is made from 1 again: what is made first in each run has the same name in each run."""
    _made.clear()


class Primitive:
    """Something that workers wait for; its name tells when it was made and by whom, not where it lies."""

    def __init__(self) -> None:
        worker = explored()
        maker = worker.index if worker else OUTSIDE
        number = next(_made.setdefault(maker, itertools.count(1)))
        self._key = f"{type(self).__name__} {number}" + (f" of worker {maker}" if worker else "")

    def __str__(self) -> str:
        return self._key

    def owners(self) -> tuple[int, ...]:
        """Return the workers of whom one must act before this can be had, as far as that is known."""
        return ()

    def _step(
        self, name: str, ready: Callable[[], bool] | None = None, *, writes: bool = True, shown: Any = None
    ) -> None:
        """Stop before an operation until it is chosen to happen, which it is only when ready."""
        worker = explored()
        if worker is not None:
            worker.aside = True
            try:
                operation = Operation(name, self._key, writes, place_of(callers_frame()))
                worker.run.point(worker.index, operation, ready, shown or self)
            finally:
                worker.aside = False
        elif ready is not None and not ready():
            raise RuntimeError(f"{name} would wait for ever outside an exploration: {shown or self}")


def me() -> int:
    """Return the number of the calling worker."""
    worker = explored()
    return worker.index if worker else OUTSIDE


def waits_for_ever(blocking: bool, timeout: float | None) -> bool:  # noqa: FBT001
    """Tell whether the arguments of an `acquire` leave nothing but to wait; refuse what threading refuses."""
    if not blocking and timeout not in (None, -1):
        raise ValueError("can't specify a timeout for a non-blocking call")
    return blocking and (timeout is None or timeout == -1)


class Lock(Primitive):
    """`threading.Lock`: any worker may release it."""

    def __init__(self) -> None:
        super().__init__()
        self._owner: int | None = None

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:  # noqa: FBT001, FBT002
        """Take it; False if that cannot be, for lack of time."""
        self._step("acquire", self._free if waits_for_ever(blocking, timeout) else None)
        if not self._free():
            return False
        self._owner = me()
        return True

    def release(self) -> None:
        """Let it go; RuntimeError if nobody holds it."""
        self._step("release")
        if self._owner is None:
            raise RuntimeError("release unlocked lock")
        self._owner = None

    def locked(self) -> bool:
        """Tell whether it is held."""
        self._step("look at", writes=False)
        return not self._free()

    def owners(self) -> tuple[int, ...]:
        """Return who holds it."""
        return () if self._owner in (None, OUTSIDE) else (self._owner,)

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _free(self) -> bool:
        return self._owner is None

    def _is_owned(self) -> bool:
        return self._owner is not None

    def _let_go(self) -> int:
        """Let it go as often as it is held, and return how often that was."""
        self._owner = None
        return 1

    def _take(self, _: int) -> None:
        self._owner = me()


class RLock(Lock):
    """`threading.RLock`: its holder may take it again, and nobody else may release it."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:  # noqa: FBT001, FBT002
        """Take it, once more if it is held already; False if that cannot be, for lack of time."""
        worker = me()
        may_take: Callable[[], bool] = lambda: self._owner in (None, worker)  # noqa: E731
        self._step("acquire", may_take if waits_for_ever(blocking, timeout) else None)
        if not may_take():
            return False
        self._owner = worker
        self._depth += 1
        return True

    def release(self) -> None:
        """Let it go once; RuntimeError if the caller does not hold it."""
        self._step("release")
        if not self._is_owned():
            raise RuntimeError("cannot release un-acquired lock")
        self._depth -= 1
        if self._depth == 0:
            self._owner = None

    def _is_owned(self) -> bool:
        return self._owner == me()

    def _let_go(self) -> int:
        depth, self._depth, self._owner = self._depth, 0, None
        return depth

    def _take(self, depth: int) -> None:
        self._owner, self._depth = me(), depth
