"""Answers, questions and calls that are not what they are to be, for saboteurs of what is said in a loop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from spec.async_io.loop_peers import closed


async def unchanged(line: bytes) -> bytes:
    """Answer as it was asked."""
    return line


async def hang_up(connection: Awaitable[Any], _: bytes) -> bytes:
    """Connect, and say nothing."""
    await closed((await connection)[1])
    return b""


async def in_this_thread(call: Callable[[], Any]) -> Any:
    """Make a call where the loop runs."""
    return call()
