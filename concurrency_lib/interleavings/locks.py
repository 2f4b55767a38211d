"""The modelled locks."""

from __future__ import annotations

from concurrency_lib.interleavings.primitives import OUTSIDE, Primitive, me, waits_for_ever


class Lock(Primitive):
    """`threading.Lock`: any worker may release it."""

    def __init__(self) -> None:
        super().__init__()
        self._owner: int | None = None

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:  # noqa: FBT001, FBT002 - as `threading` has it
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

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:  # noqa: FBT001, FBT002 - as `threading` has it
        """Take it, once more if it is held already; False if that cannot be, for lack of time."""
        worker = me()

        def may_take() -> bool:
            return self._owner in (None, worker)

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
