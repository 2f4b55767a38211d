"""An event loop that asks which ready task goes on, and whose clock moves only when no task is ready.

It has no sockets, no threads and no real time: what would wait for those is refused, with the line that
asked for it.
"""

from __future__ import annotations

import asyncio
import heapq
import os
from typing import TYPE_CHECKING, Any, NoReturn

from concurrency_lib.interleavings.explored import place_of
from concurrency_lib.interleavings.operations import EVERYTHING, Operation
from concurrency_lib.interleavings.results import Uncontrolled

if TYPE_CHECKING:
    from collections.abc import Callable

    from concurrency_lib.interleavings.runs import Choose


ASYNCIO = os.path.dirname(asyncio.__file__)  # noqa: PTH120 - compared with the file names of code, which are text


class Over(BaseException):
    """Raised out of the loop when the run is over before the tasks are."""


class ChoosingLoop(asyncio.BaseEventLoop):
    """Runs asyncio's own ready callbacks in their order, and the steps of tasks in the chosen one."""

    def __init__(self, choose: Choose, longest: int) -> None:
        super().__init__()
        self.steps = 0
        self.outcome = ""
        self.tasks: list[asyncio.Task[Any]] = []  # in the order of their creation: their numbers
        self.watcher: Callable[[int, Operation], None] | None = None
        self._choose = choose
        self._longest = longest
        self._current: int | None = None
        self._now = 0.0
        self.set_task_factory(self._make_task)

    def _make_task(self, loop: Any, coroutine: Any, **options: Any) -> Any:
        task: asyncio.Task[Any] = asyncio.Task(coroutine, loop=loop, **options)
        self.tasks.append(task)
        return task

    def time(self) -> float:
        """Return the time of this loop, in seconds: no step takes any."""
        return self._now

    def _run_once(self) -> None:
        ready: Any = self._ready  # type: ignore[attr-defined]
        steps: dict[int, Any] = {}
        for handle in list(ready):
            task = getattr(handle._callback, "__self__", None)  # noqa: SLF001 - a loop may do with its handles what loops do
            if handle.cancelled() or task not in self.tasks:
                ready.remove(handle)
                if not handle.cancelled():
                    handle._run()  # noqa: SLF001 - a loop may do with its handles what loops do
                return
            steps[self.tasks.index(task)] = handle
        if steps:
            self._take_one(steps, ready)
        else:
            self._move_clock(ready)

    def _take_one(self, steps: dict[int, Any], ready: Any) -> None:
        enabled = {number: self.step(number) for number in sorted(steps)}
        if self.steps >= self._longest:
            self._end("endless")
        chosen = self._choose(enabled, self._current)
        if chosen is None:
            self._end("pruned")
        self.steps += 1
        self._current = chosen
        if self.watcher:
            self.watcher(chosen, enabled[chosen])
        ready.remove(steps[chosen])
        steps[chosen]._run()  # noqa: SLF001 - a loop may do with its handles what loops do

    def _move_clock(self, ready: Any) -> None:
        timers: Any = self._scheduled  # type: ignore[attr-defined]
        while timers and timers[0].cancelled():
            heapq.heappop(timers)
        if not timers:
            self._end("deadlock")
        self._now = max(self._now, timers[0].when())
        while timers and timers[0].when() <= self._now:
            ready.append(heapq.heappop(timers))

    def _end(self, outcome: str) -> NoReturn:
        self.outcome = outcome
        raise Over

    def step(self, number: int) -> Operation:
        """Return what the task does next: all that lies before its next await."""
        return Operation("step", EVERYTHING, writes=True, where=self.place(number))

    def place(self, number: int) -> str:
        """Return the file:line at which the task stands, in the innermost code that is not asyncio's own."""
        awaited: Any = self.tasks[number].get_coro()
        places = [""]
        while (frame := getattr(awaited, "cr_frame", None)) is not None:
            if not frame.f_code.co_filename.startswith(ASYNCIO):
                places.append(place_of(frame))
            awaited = awaited.cr_await
        return places[-1]

    def _write_to_self(self) -> None:
        self._refuse("a callback from another thread")

    def run_in_executor(self, *_: Any) -> Any:  # type: ignore[override]
        """Refuse: no order of tasks decides when a thread ends."""
        self._refuse("a thread of an executor")

    def _refuse(self, what: str) -> NoReturn:
        where = self.place(self._current or 0)
        raise Uncontrolled(f"task {self._current} asks for {what} at {where}, which the explorer does not control")
