"""An event loop whose clock is ours: it stands still while there is anything to do, and jumps when there is not.

`Clockwork()` is a SelectorEventLoop with another clock, for `asyncio.Runner(loop_factory=Clockwork)`. `time()` starts
at 0. While a callback, or a descriptor of this loop, is ready, no time passes, however long the machine takes. When
nothing is ready, the clock jumps to the next timer: what sleeps for a second sleeps for one exactly, and at once.

A descriptor that becomes ready later, because another thread or process makes it so, is waited for only where no
timer is left; so whoever is asked should live in the same loop. Where nothing comes by the deadline, it is `Overdue`.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from spec.support.deadlines import deadline, overdue

Value = TypeVar("Value")


class Clock(selectors.DefaultSelector):
    """Waits for descriptors as its base does, but for time by letting it pass."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready; if nothing is, the timeout is over at once."""
        ready = super().select(deadline() if timeout is None else 0)
        if not ready and timeout is None:
            raise overdue("anything for the loop to do")
        if not ready:
            self.now += max(timeout or 0.0, 0.0)
        return ready


class Clockwork(asyncio.SelectorEventLoop):
    """The loop; its `time()` is the clock's."""

    def __init__(self) -> None:
        self._clockwork = Clock()
        super().__init__(self._clockwork)

    def time(self) -> float:
        """Return the seconds that have passed in this loop."""
        return self._clockwork.now

    def block(self, seconds: float) -> None:
        """Let time pass, and nothing else have a turn, as a call does that blocks the thread."""
        self._clockwork.now += seconds

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:  # noqa: ARG002, ASYNC109
        """Wait for the threads of this loop, for as long as they take: no clock of ours is theirs."""
        await super().shutdown_default_executor()


def run(
    coroutine: Coroutine[Any, Any, Value], loop_factory: Callable[[], asyncio.AbstractEventLoop] = Clockwork
) -> Value:
    """Run a coroutine in a fresh loop on our clock; return its value or raise its exception."""
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        return runner.run(coroutine)
