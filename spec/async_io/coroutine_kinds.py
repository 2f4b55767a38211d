"""What becomes of what a coroutine function or a generator function makes: closed, driven, awaited, or made a task."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any


def made(function: Callable[[], Any]) -> Any:
    """Call the function; return what the call made, closed, so that nobody misses its being driven."""
    it = function()
    it.close()
    return it


def driven(it: Any) -> Any:
    """Drive it to its end, and return its value."""
    try:
        while True:
            it.send(None)
    except StopIteration as end:
        return end.value


async def awaits(it: Awaitable[Any]) -> Any:
    """Await it, and return its value."""
    return await it


async def end_as_a_task(it: Any) -> Any:
    """Make a task of it, and return its value, or the name of the error if it is refused."""
    try:
        return await asyncio.get_running_loop().create_task(it)
    except TypeError as error:
        it.close()
        return type(error).__name__


class Refused:
    """Nothing of which a task could be made."""

    def close(self) -> None:
        """Do nothing."""
