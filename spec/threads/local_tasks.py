"""Two asyncio tasks of one thread that each bind a name, one after the other, and then read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def bound_and_read(bind: Callable[[str], object], read: Callable[[], Any]) -> list[Any]:
    """Let task a bind, then b bind and read, then a read; return what a and b read."""
    import asyncio  # noqa: PLC0415 - heavy

    async def first(a_has_bound: asyncio.Event, b_has_bound: asyncio.Event) -> Any:
        bind("a")
        a_has_bound.set()
        await b_has_bound.wait()
        return read()

    async def second(a_has_bound: asyncio.Event, b_has_bound: asyncio.Event) -> Any:
        await a_has_bound.wait()
        bind("b")
        b_has_bound.set()
        return read()

    async def both() -> list[Any]:
        events = asyncio.Event(), asyncio.Event()
        return await asyncio.gather(first(*events), second(*events))

    return asyncio.run(both())
