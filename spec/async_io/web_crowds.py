"""Many clients at a time, and the descriptors that these take."""

from __future__ import annotations

import asyncio
import resource
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import urlsplit

from spec.async_io.fetch_waits import until
from spec.async_io.web_gates import Gate, get, request
from spec.support import Condition
from spec.support.deadlines import deadline

AT_A_TIME = 30
OTHERS = 200  # descriptors of what else the process has open


async def all_held(gate: Gate, site: Any, number: int) -> tuple[int, list[str]]:
    """Ask for so many pages, and open the gate when all are held; return how many were in flight, and the answers."""
    async with asyncio.TaskGroup() as clients:
        asked = [clients.create_task(get(f"{site.url}{each}")) for each in range(number)]
        await until(lambda: len(gate.waiting) == number)
        in_flight = site.load.in_flight
        gate.opened.set()
        return in_flight, [await each for each in asked]


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


@contextmanager
def descriptors_for(connections: int) -> Iterator[None]:
    """Let this process have both ends of so many connections, if the machine allows it."""
    number = 2 * connections + OTHERS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number:
        resource.setrlimit(resource.RLIMIT_NOFILE, (number, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def no_room_for(connections: int) -> str:
    """Return why a process cannot have both ends of so many connections; empty where it can."""
    try:
        with descriptors_for(connections):
            return ""
    except (OSError, ValueError) as error:
        return str(error)


room_for_a_thousand = Condition(
    "a process may have two descriptors for each of a thousand connections",
    lambda: no_room_for(1000),
)
