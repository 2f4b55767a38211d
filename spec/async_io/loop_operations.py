"""Asynchronous operations: defined by a source, timed by the clock of their loop, or done in no time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any


def operation_of(source: str) -> Any:
    """Define what the source says; return its function `operation`."""
    names: dict[str, Any] = {"asyncio": asyncio}
    exec(source, names)
    return names["operation"]


async def timed(coroutine: Awaitable[Any]) -> tuple[Any, float]:
    """Await a coroutine; return its value and the time that it took."""
    return await coroutine, asyncio.get_running_loop().time()


async def set_it(flag: asyncio.Event) -> None:
    """Set a flag."""
    flag.set()


async def in_no_time() -> str:
    """Wait for nothing."""
    return "done"
