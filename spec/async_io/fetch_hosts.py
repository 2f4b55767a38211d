"""Hosts on the loopback that answer as they are told, in the loop of who asks them or in a thread of their own."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from spec.support import Condition
from spec.support.deadlines import wait_until
from spec.threads.together import together

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

LOOPBACK = "127.0.0.1"
THREE = ("127.0.0.1", "127.0.0.2", "127.0.0.3")


def _three_addresses() -> str:
    for address in THREE:
        try:
            socket.create_server((address, 0)).close()
        except OSError as error:
            return f"{address}: {error}"
    return ""


three_addresses = Condition("the loopback has several addresses", _three_addresses)


@dataclass(frozen=True)
class Host:
    """Where a host listens, the requests that came so far, and the connections that their clients have not closed."""

    address: str
    port: int
    tls: bool = False
    requests: list[bytes] = field(default_factory=list)
    open: set[Any] = field(default_factory=set)

    @property
    def place(self) -> str:
        """Its address and its port."""
        return f"{self.address}:{self.port}"

    @property
    def url(self) -> str:
        """The URL of its front page."""
        return f"{'https' if self.tls else 'http'}://{self.place}/"


def says(*parts: bytes) -> Behaviour:
    """Answer with these parts, one after another, and close."""

    async def behave(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return behave


def answers(*fields: str, status: str = "200 OK", body: str = "") -> Behaviour:
    """Answer with a head, and with a body if there is to be one."""
    return says(head(*fields, status=status) + body.encode())


def head(*fields: str, status: str = "200 OK") -> bytes:
    """Make the bytes of a head."""
    return "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", *fields, "")).encode()


def after(fact: Callable[[], Awaitable[object]], then: Behaviour) -> Behaviour:
    """Answer when something has come about."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await fact()
        await then(reader, writer)

    return behave


@asynccontextmanager
async def host(behave: Behaviour, address: str = LOOPBACK, tls: Any = None) -> AsyncIterator[Host]:
    """Listen while the block lasts; read each request, and then behave."""
    tasks: set[Any] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.current_task())
        here.open.add(writer)
        try:
            # The streams of 3.11 take a handler that is cancelled for one that fails.
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                here.requests.append(await reader.readuntil(b"\r\n\r\n"))
                await behave(reader, writer)
                if writer.can_write_eof():
                    writer.write_eof()
                    await reader.read()
        finally:
            here.open.discard(writer)
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    listener = await asyncio.start_server(serve, address, 0, ssl=tls)
    here = Host(*listener.sockets[0].getsockname()[:2], tls is not None)
    try:
        yield here
    finally:
        listener.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def hosts(
    behaviours: Sequence[Behaviour], addresses: Sequence[str] = (), tls: Sequence[Any] = ()
) -> AsyncIterator[list[Host]]:
    """Listen as several hosts, each on an address and with a certificate of its own if they are given."""
    async with AsyncExitStack() as stack:
        places = addresses or [LOOPBACK] * len(behaviours)
        each = zip(behaviours, places, tls or [None] * len(behaviours), strict=True)
        yield [await stack.enter_async_context(host(*one)) for one in each]


@contextmanager
def hosts_in_a_thread(behaviours: Sequence[Behaviour], addresses: Sequence[str] = ()) -> Iterator[list[Host]]:
    """Listen as several hosts, for programs to ask, in a thread with a loop of its own."""
    found: list[Host] = []
    ends: list[Callable[[], object]] = []
    ready = Event()

    async def serve() -> None:
        async with hosts(behaviours, addresses) as listening:
            over, loop = asyncio.Event(), asyncio.get_running_loop()
            found.extend(listening)
            ends.append(lambda: loop.call_soon_threadsafe(over.set))
            ready.set()
            await over.wait()

    with together(lambda: asyncio.run(serve()), at_end=lambda: [end() for end in ends]):
        wait_until(ready.is_set, "hosts that listen")
        yield found
