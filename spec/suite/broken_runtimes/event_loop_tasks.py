"""Runtimes whose tasks break one promise each, for the claims about asyncio."""

from __future__ import annotations

import asyncio
import inspect
from asyncio import tasks
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by, replace
from spec.suite.broken_runtimes.event_loops import Loop, asked


@noticed_by(
    "asyncio-sleep-as-io", "asyncio-sample20-output",
    perhaps=["asyncio-sample21-output", "asyncio-sample21-endless", "asyncio-wget-concurrent"],
)  # fmt: skip
def the_newest_task_begins_first() -> None:
    """A task that is made begins before those that have been made earlier."""

    def create_task(honest: Callable[..., Any]) -> Callable[..., Any]:
        def create_first(self: Any, coro: Any, **kw: Any) -> Any:
            task = honest(self, coro, **kw)
            if self.is_running():
                self._ready.rotate(1)
            return task

        return create_first

    replace(Loop, "create_task", create_task)


@noticed_by("asyncio-hello-prints-first")
def a_task_begins_in_the_call_that_makes_it() -> None:
    """A task runs to its first stop before whoever made it goes on."""

    def create_task(honest: Callable[..., Any]) -> Callable[..., Any]:
        async def go_on(coro: Any, waits_for: Any) -> Any:
            return await Begun(coro, waits_for)

        def create_begun(coro: Any, **kw: Any) -> Any:
            if not asked() or not inspect.iscoroutine(coro):
                return honest(coro, **kw)
            try:
                first = coro.send(None)
            except StopIteration as stop:
                return honest(asyncio.sleep(0, stop.value), **kw)
            return honest(go_on(coro, first), **kw)

        return create_begun

    replace(asyncio, "create_task", create_task)


class Begun:
    """What is left of a coroutine that has been driven to its first stop."""

    def __init__(self, coro: Any, waits_for: Any) -> None:
        self.coro, self.waits_for = coro, waits_for

    def __await__(self) -> Any:
        with closing(self.coro):
            while True:
                try:
                    sent = yield self.waits_for
                except BaseException as error:  # noqa: BLE001 - the coroutine is to hear of it, whatever it is
                    go_on = partial(self.coro.throw, error)
                else:
                    go_on = partial(self.coro.send, sent)
                try:
                    self.waits_for = go_on()
                except StopIteration as stop:
                    return stop.value


@noticed_by(
    "asyncio-group-of-tasks",
    perhaps=["asyncio-sample21-endless", "asyncio-sample21-output", "asyncio-wget-concurrent"],
)  # fmt: skip
def a_task_keeps_its_exception() -> None:
    """A task whose coroutine raised ends as if it had returned None."""

    def create_task(honest: Callable[..., Any]) -> Callable[..., Any]:
        async def silenced(coro: Any) -> Any:
            with suppress(Exception):
                return await coro

        def create_silent(self: Any, coro: Any, **kw: Any) -> Any:
            silence = self.is_running() and inspect.iscoroutine(coro)
            return honest(self, silenced(coro) if silence else coro, **kw)

        return create_silent

    replace(Loop, "create_task", create_task)


@noticed_by(
    "asyncio-hello-prints-first", "asyncio-sleep-not-blocking", "asyncio-sleep-returns-none",
    perhaps=["asyncio-wget-concurrent"],
)  # fmt: skip
def cancelling_is_ignored() -> None:
    """A task that is cancelled goes on."""

    class Stubborn(tasks.Task):  # type: ignore[type-arg]
        def cancel(self, msg: Any = None) -> bool:
            return False if asked() else super().cancel(msg)

    asyncio.Task = tasks.Task = Stubborn  # type: ignore[misc]
