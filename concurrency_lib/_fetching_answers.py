"""The head of an answer, read from a stream that may end, go on for ever, or be none of HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concurrency_lib._fetching_failures import ClosedEarly, Malformed, TooLong
from concurrency_lib._fetching_heads import Head, end_of_block, may_begin, parse

if TYPE_CHECKING:
    import asyncio

ANNOUNCING = range(100, 200)
SWITCHING = 101  # the one answer below 200 after which no other comes


async def read_head(reader: asyncio.StreamReader, url: str, size: int) -> Head:
    """Read blocks until one is a final answer."""
    received = bytearray()
    while True:
        end = await read_block(reader, received, url, size)
        try:
            head = parse(url, bytes(received[:end]))
        except ValueError as error:
            raise Malformed(url, str(error)) from error
        if head.status not in ANNOUNCING or head.status == SWITCHING:
            return head
        del received[:end]
        size -= end


async def read_block(reader: asyncio.StreamReader, received: bytearray, url: str, size: int) -> int:
    """Read until there is a blank line; return how many bytes it ends."""
    seen = 0
    while not (end := end_of_block(received, seen)):
        if not may_begin(received):
            raise Malformed(url, f"this is not HTTP: {bytes(received[:60])!r}")
        if (room := size - len(received)) <= 0:
            raise TooLong(url, f"no blank line within {size} bytes")
        seen = len(received)
        try:
            received += await reader.read(room)
        except OSError as error:
            raise ClosedEarly(url, str(error) or type(error).__name__) from error
        if len(received) == seen:
            raise ClosedEarly(url, f"the connection ended after {seen} bytes, without a blank line")
    return end
