"""Runtimes whose groups of tasks break one promise each, for the claims about asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by, replace
from spec.suite.broken_runtimes.event_loops import asked


@noticed_by("asyncio-group-of-tasks", perhaps=["asyncio-real-io-concurrent"])
def gather_tells_in_order_of_completion() -> None:
    """What gather hands back is in the order in which the coroutines ended."""

    def gather(honest: Callable[..., Any]) -> Callable[..., Any]:
        async def all_of(running: list[Any], ended: list[Any], **kw: Any) -> list[Any]:
            await honest(*running, **kw)
            return [each.exception() or each.result() for each in ended]

        def gather_as_they_come(*coroutines: Any, **kw: Any) -> Any:
            running, ended = [asyncio.ensure_future(each) for each in coroutines], []
            for each in running:
                each.add_done_callback(ended.append)
            return asyncio.ensure_future(all_of(running, ended, **kw))

        return gather_as_they_come

    replace(asyncio, "gather", gather)


@noticed_by(
    "asyncio-sample19-output", "asyncio-sleep-not-blocking", "asyncio-sleep-as-io", "asyncio-real-io-concurrent",
    "asyncio-group-of-tasks",
    perhaps=["asyncio-wget-concurrent"],
)  # fmt: skip
def gather_takes_one_after_the_other() -> None:
    """What is handed to gather begins when what stands before it has ended."""

    def gather(honest: Callable[..., Any]) -> Callable[..., Any]:
        async def in_sequence(*coroutines: Any) -> list[Any]:
            try:
                return [await each for each in coroutines]
            finally:
                for each in coroutines:
                    getattr(each, "close", int)()

        def gather_in_sequence(*coroutines: Any, **kw: Any) -> Any:
            return asyncio.ensure_future(in_sequence(*coroutines)) if asked() else honest(*coroutines, **kw)

        return gather_in_sequence

    replace(asyncio, "gather", gather)


@noticed_by("asyncio-wrap-two-tasks", "asyncio-sample20-output")
def wait_takes_bare_coroutines() -> None:
    """A coroutine that is handed to wait is wrapped in a task, as up to 3.10."""

    def wait(honest: Callable[..., Any]) -> Callable[..., Any]:
        async def wait_for_all(given: Any, **kw: Any) -> Any:
            return await honest([asyncio.ensure_future(each) for each in given], **kw)

        return wait_for_all

    replace(asyncio, "wait", wait)


@noticed_by("asyncio-group-of-tasks")
def a_time_limit_is_ignored() -> None:
    """What wait_for bounds goes on when its time is over."""

    async def wait_for(awaitable: Any, timeout: float | None) -> Any:  # noqa: ASYNC109 - as it is called
        return await awaitable

    asyncio.wait_for = wait_for


@noticed_by(
    "asyncio-sample20-output", "asyncio-group-of-tasks",
    perhaps=["asyncio-sample21-output", "asyncio-sample21-endless", "asyncio-wget-concurrent"],
)  # fmt: skip
def a_task_group_waits_for_nothing() -> None:
    """The block of a TaskGroup is left while its tasks run."""

    async def leave(self: Any, *_: object) -> None:
        """Leave."""

    replace(asyncio.TaskGroup, "__aexit__", lambda _: leave)


@noticed_by("asyncio-group-of-tasks", perhaps=["asyncio-wget-concurrent"])
def a_task_group_lets_the_others_go_on() -> None:
    """The other tasks of a TaskGroup go on when one fails."""
    replace(asyncio.TaskGroup, "_abort", lambda _: lambda self: None)
