"""Peers on the loopback interface, each in the loop that asks it, and gone when its block ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

Answer = Callable[[bytes], Awaitable[bytes]]


async def upper(line: bytes) -> bytes:
    """Answer in capitals."""
    return line.upper()


@asynccontextmanager
async def served(start: Callable[[Any], Awaitable[asyncio.Server]], answer: Answer) -> AsyncIterator[asyncio.Server]:
    """Answer a line of each connection to a server that is started; end server and connections with the block."""
    talks: set[asyncio.Task[Any]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if task := asyncio.current_task():
            talks.add(task)
        try:
            writer.write(await answer(await reader.readline()))
            await writer.drain()
        except asyncio.CancelledError:  # some versions complain of a talk that ends so
            return
        finally:
            await closed(writer)

    server = await start(talk)
    try:
        yield server
    except BaseException:
        for each in talks:
            each.cancel()
        raise
    finally:
        server.close()
        if talks:
            await asyncio.wait(talks)
        await server.wait_closed()


@asynccontextmanager
async def tcp_peer(answer: Answer = upper, **options: Any) -> AsyncIterator[tuple[str, int]]:
    """Serve on a port that the system picks; yield host and port."""
    async with served(lambda talk: asyncio.start_server(talk, "127.0.0.1", 0, **options), answer) as server:
        yield server.sockets[0].getsockname()[:2]


@asynccontextmanager
async def unix_peer(path: str, answer: Answer = upper) -> AsyncIterator[str]:
    """Serve on a socket with a name in the file system; yield the name."""
    async with served(lambda talk: asyncio.start_unix_server(talk, path), answer):
        yield path


async def ask(connection: Awaitable[Any], line: bytes) -> bytes:
    """Send a line over a connection to come; return all that is answered."""
    reader, writer = await connection
    try:
        writer.write(line)
        await writer.drain()
        return bytes(await reader.read())
    finally:
        await closed(writer)


async def closed(writer: asyncio.StreamWriter) -> None:
    """Close a connection, and wait until it is; what the other side makes of it is not our concern."""
    writer.close()
    try:
        await writer.wait_closed()
    except OSError:
        return


class Letters(asyncio.DatagramProtocol):
    """Keeps the datagrams that come; answers each in capitals where it is told to."""

    def __init__(self, *, answers: bool) -> None:
        self.answers = answers
        self.came: asyncio.Queue[bytes] = asyncio.Queue()
        self.gone = asyncio.Event()
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way out."""
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        """Keep what comes, and answer."""
        self.came.put_nowait(data)
        if self.answers:
            self.transport.sendto(data.upper(), addr)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - as it is called
        """Tell that it is over."""
        self.gone.set()


@asynccontextmanager
async def letters(*, answers: bool = False, **endpoint: Any) -> AsyncIterator[Letters]:
    """Open a datagram endpoint, and close it."""
    loop = asyncio.get_running_loop()
    transport, mine = await loop.create_datagram_endpoint(lambda: Letters(answers=answers), **endpoint)
    try:
        yield mine
    finally:
        transport.close()
        await mine.gone.wait()
