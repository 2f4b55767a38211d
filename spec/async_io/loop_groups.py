"""Coroutines that are run as a group, in each way that asyncio has, by the loop's clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from spec.async_io.loop_diary import Diary

Group = Callable[..., Coroutine[Any, Any, Any]]


async def gathered(*coroutines: Coroutine[Any, Any, Any]) -> None:
    """Run them as what gather makes of them."""
    await asyncio.gather(*coroutines)


async def waited_for(*coroutines: Coroutine[Any, Any, Any]) -> None:
    """Run them as tasks that wait is told to wait for."""
    await asyncio.wait([asyncio.create_task(each) for each in coroutines])


async def grouped(*coroutines: Coroutine[Any, Any, Any]) -> None:
    """Run them as tasks of a TaskGroup."""
    async with asyncio.TaskGroup() as group:
        for each in coroutines:
            group.create_task(each)


async def one_by_one(*coroutines: Coroutine[Any, Any, Any]) -> list[Any]:
    """Run none of them as a task: await one after the other."""
    try:
        return [await each for each in coroutines]
    finally:
        for each in coroutines:
            each.close()


GROUPS: dict[str, Group] = {"gather": gathered, "wait": waited_for, "TaskGroup": grouped}


async def census(run_group: Group, number: int) -> tuple[int, float]:
    """Run some coroutines of a second as a group; return how many tasks there were besides, and the time for all."""
    loop, there = asyncio.get_running_loop(), []

    async def look() -> None:
        await asyncio.sleep(0.5)
        there.append(len(asyncio.all_tasks()) - 2)  # this one, and whoever runs the group

    looking = asyncio.create_task(look())
    await run_group(*(asyncio.sleep(1) for _ in range(number)))
    took = loop.time()
    await looking
    return there[0], took


async def sleeper(diary: Diary, name: str, seconds: float, error: Exception | None = None) -> str:
    """Sleep; then raise or return; note how it ends."""
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        diary.note(f"{name} cancelled")
        raise
    diary.note(f"{name} {'failed' if error else 'done'}")
    if error:
        raise error
    return name
