"""Event loops that break a promise, for saboteurs."""

from __future__ import annotations

import asyncio
from typing import Any


class EagerLoop(asyncio.SelectorEventLoop):
    """Runs whatever is made a task before it makes the task, if that does not wait; all but the first task."""

    first = True

    def create_task(self, coro: Any, **options: Any) -> Any:
        """Run the coroutine, and make a task that does nothing."""
        if not self.first:
            try:
                coro.send(None)
            except StopIteration:
                coro = do_nothing()
        self.first = False
        return super().create_task(coro, **options)


async def do_nothing() -> None:
    """Return at once."""


class WithoutThreads(asyncio.SelectorEventLoop):
    """Calls in its own thread what it is asked to have called in another."""

    def run_in_executor(self, _: Any, func: Any, *args: Any) -> Any:
        """Call it here and now."""
        done = self.create_future()
        done.set_result(func(*args))
        return done
