"""Groups of tasks that break one promise each, for saboteurs to hand in."""

from __future__ import annotations

import asyncio

from spec.async_io.loop_groups import sleeper


async def in_order_of_their_ends(*coroutines):
    """Return each result as it comes."""
    return [await each for each in asyncio.as_completed(coroutines)]


class Unguarded:
    """A group that waits for none of its tasks."""

    async def __aenter__(self):
        self.create_task = asyncio.ensure_future
        return self

    async def __aexit__(self, *_):
        await asyncio.sleep(1)


class Lenient(Unguarded):
    """A group that lets its tasks go on when one fails."""

    def __init__(self):
        self.tasks = []

    async def __aenter__(self):
        self.create_task = lambda coroutine: self.tasks.append(asyncio.ensure_future(coroutine))
        return self

    async def __aexit__(self, *_):
        ended = await asyncio.gather(*self.tasks, return_exceptions=True)
        raise ExceptionGroup("some failed", [each for each in ended if isinstance(each, Exception)])


async def hasty_sleeper(diary, name, _):
    """Sleep for a second, however long it is to be."""
    return await sleeper(diary, name, 1)


async def all_or_none(*coroutines):
    """Gather as a TaskGroup does."""
    tasks = [asyncio.ensure_future(each) for each in coroutines]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
