"""Slow work for aiohttp's application, which is slow until a gate is opened; and clients that are mere streams."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from spec.async_io.fetch_waits import until


class Gate:
    """Holds work until it is opened, and knows who waits there and who was turned away."""

    def __init__(self) -> None:
        self.opened = asyncio.Event()
        self.waiting: set[str] = set()
        self.cancelled: list[str] = []

    async def hold(self, name: str) -> str:
        """Wait at the gate; a name that says so raises, or passes."""
        if name.startswith("raise"):
            raise ValueError(name)
        if name.startswith("free"):
            return name
        self.waiting.add(name)
        try:
            await self.opened.wait()
        except asyncio.CancelledError:
            self.cancelled.append(name)
            raise
        finally:
            self.waiting.discard(name)
        return name


async def get(url: str) -> str:
    """Fetch a page over a connection of its own; return its last line."""
    async with connected(url) as (reader, writer):
        writer.write(request(url, "close"))
        return ((await reader.read()).decode().splitlines() or [""])[-1]


async def status_of(url: str) -> int:
    """Fetch a page over a connection of its own; return its status."""
    async with connected(url) as (reader, writer):
        writer.write(request(url, "close"))
        return int((await reader.readline()).split()[1])


def request(url: str, connection: str = "keep-alive") -> bytes:
    """Make the bytes of a request."""
    parts = urlsplit(url)
    return f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: {connection}\r\n\r\n".encode()


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Hold a connection for as long as the block lasts."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def open_when_refused(url, opened):
    """Connect until that is refused; then open the gate."""
    while True:
        try:
            async with connected(url):
                await asyncio.sleep(0)
        except OSError as error:
            opened.set()
            return type(error).__name__


async def read_slowly(url):
    """Ask for slow work; return the bytes that came before the end."""
    async with connected(url) as (reader, writer):
        writer.write(request(f"{url}slow"))
        return await reader.read()


async def held_meanwhile(gate: Gate, url: str) -> tuple[int, int]:
    """Ask for free work while slow work is held, then let that go on; return the status of the slow and of the free."""
    async with asyncio.TaskGroup() as clients:
        slow = clients.create_task(status_of(f"{url}slow"))
        await until(lambda: gate.waiting)
        free = await status_of(f"{url}free")
        gate.opened.set()
        return await slow, free
