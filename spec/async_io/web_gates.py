"""Slow work for aiohttp's application, which is slow until a gate is opened; and clients that are mere streams."""

from __future__ import annotations

import asyncio
import resource
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from urllib.parse import urlsplit

from spec.support.deadlines import deadline

AT_A_TIME = 30


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


@asynccontextmanager
async def many_connections(url: str, number: int) -> AsyncIterator[list[socket.socket]]:
    """Hold many connections, which are made a few at a time, lest the server has more waiting than it lets wait."""
    parts = urlsplit(url)
    with ExitStack() as clients:
        made: list[socket.socket] = []
        while len(made) < number:
            client = clients.enter_context(socket.create_connection((parts.hostname, parts.port), deadline()))
            client.setblocking(False)  # noqa: FBT003 - that is its name
            made.append(client)
            if len(made) % AT_A_TIME == 0:
                await asyncio.sleep(0)
        yield made


async def first_line(client: socket.socket, url: str) -> bytes:
    """Ask over a connection that stays open; return the first line of the answer."""
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(client, request(url))
    return (await loop.sock_recv(client, 1000)).partition(b"\r\n")[0]


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


@contextmanager
def descriptors(number: int) -> Iterator[None]:
    """Let this process have so many descriptors, if the machine allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number:
        resource.setrlimit(resource.RLIMIT_NOFILE, (number, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def no_room_for(number: int) -> str:
    """Return why a process cannot have so many descriptors; empty where it can."""
    try:
        with descriptors(number):
            return ""
    except (OSError, ValueError) as error:
        return str(error)
