"""Hosts on the loopback that answer as they are told, in the loop of who asks them or in a thread of their own."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from spec.support import Condition
from spec.support.deadlines import a_while, wait_until
from spec.support.evidence import Evidence
from spec.threads.together import together

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

LOOPBACK = "127.0.0.1"
TURNS = 10
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


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Say nothing until the client has gone."""
    with suppress(ConnectionError):
        await reader.read()


async def raised_in(awaitable: Awaitable[object]) -> Exception | None:
    """Return the exception in which an awaitable ends, or None, for a requirement to assert which it is."""
    try:
        await awaitable
    except Exception as error:  # noqa: BLE001 - the requirement says which it expects
        return error
    return None


async def never_ending(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say one more field, again and again, until the client has gone."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while not writer.is_closing():
        writer.write(b"One-More: field\r\n")
        await writer.drain()
        await asyncio.sleep(0)


@contextmanager
def nobody_listens() -> Iterator[str]:
    """Yield a URL whose port is taken, so that nobody else takes it, and where connections are refused."""
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        yield f"http://{LOOPBACK}:{taken.getsockname()[1]}/"


async def until(fact: Callable[[], object]) -> None:
    """Let others go on until there is a fact; the deadline is that of whoever runs this."""
    while not fact():  # noqa: ASYNC110 - what is waited for is the other side's, which has no event for it
        await asyncio.sleep(0)


async def happens(fact: Callable[[], object]) -> bool:
    """Let others go on for a while, and watch for a fact that the requirement has ruled out."""
    give_up = time.monotonic() + a_while()
    while not (happened := bool(fact())) and time.monotonic() < give_up:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.001)
    return happened


def show_results(evidence: Evidence, results: Sequence[Any]) -> None:
    """Show what became of each host."""
    rows = {f"{n} {type(each).__name__}": getattr(each, "what", "") for n, each in enumerate(results, 1)}
    evidence.figures("hosts", rows)


async def let_pass(seconds: float) -> None:
    """Put the clock of the loop that runs forward, when all that is under way has had some turns to come to its end."""
    loop = asyncio.get_running_loop()
    for _ in range(TURNS):
        await asyncio.sleep(0)
    time_of_the_loop = loop.time
    loop.time = lambda: time_of_the_loop() + seconds  # type: ignore[method-assign]


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
