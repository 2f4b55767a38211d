"""The modelled Barrier."""

from __future__ import annotations

from threading import BrokenBarrierError
from typing import TYPE_CHECKING

from concurrency_lib.interleavings.primitives import Primitive

if TYPE_CHECKING:
    from collections.abc import Callable


class Round:
    """One filling of a barrier: how many have come, and whether they may go on, or never will."""

    def __init__(self) -> None:
        self.arrived = 0
        self.full = False
        self.broken = False

    def decided(self) -> bool:
        """Tell whether those who came may know by now."""
        return self.full or self.broken


class Barrier(Primitive):
    """`threading.Barrier`: nobody goes on before all have come."""

    def __init__(self, parties: int, action: Callable[[], object] | None = None, timeout: float | None = None) -> None:
        if parties < 1:
            raise ValueError("parties must be >= 1")
        super().__init__()
        self.parties = parties
        self._action, self._timeout = action, timeout
        self._round = Round()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the others, and return one's number below `parties`, or raise BrokenBarrierError."""
        timeout = self._timeout if timeout is None else timeout
        self._step("arrive at")
        now = self._round
        if now.broken:
            raise BrokenBarrierError
        index = now.arrived
        now.arrived += 1
        if now.arrived == self.parties:
            self._open(now)
        else:
            self._step("pass", now.decided if timeout is None else None)
            now.broken = now.broken or not now.full
        if not now.full:
            raise BrokenBarrierError
        return index

    def reset(self) -> None:
        """Make it as new; for those who wait it is broken."""
        self._step("reset")
        self._round.broken = self._round.arrived > 0
        self._round = Round()

    def abort(self) -> None:
        """Break it."""
        self._step("abort")
        self._round.broken = True

    @property
    def n_waiting(self) -> int:
        """How many wait."""
        self._step("look at", writes=False)
        return self._round.arrived

    @property
    def broken(self) -> bool:
        """Whether it is broken."""
        self._step("look at", writes=False)
        return self._round.broken

    def _open(self, now: Round) -> None:
        try:
            if self._action:
                self._action()
        except BaseException:
            now.broken = True
            raise
        now.full = True
        self._round = Round()
