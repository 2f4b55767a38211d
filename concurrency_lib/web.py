"""A small application of aiohttp that shows one thread serving many slow requests at once.

`GET /NAME` is answered with what `work("NAME")` comes to: a coroutine of the caller's, as slow as it likes, that holds
up nobody else while it awaits. `Load` tells how many requests are in flight, how many were at the most, and in which
threads. Work that raises is answered with 500, work beyond `at_most` requests with 503 and at once, and work whose
client has gone away is cancelled.

It listens on the loopback, on a port that the system picks, unless an address is given. When it ends it takes no more
connections, and gives what is in flight `grace` seconds before that is cancelled.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

__all__ = ["Load", "Site", "application", "serving"]

LOOPBACK = ("127.0.0.1", 0)
BACKLOG = 1024


@dataclass
class Load:
    """What an application has to do: requests in flight now, their `peak`, all `begun`, and the threads they ran in."""

    peak: int = 0
    begun: int = 0
    threads: set[int] = field(default_factory=set)
    tasks: set[asyncio.Task[object]] = field(default_factory=set, repr=False)

    @property
    def in_flight(self) -> int:
        """The number of requests whose work has begun and not ended."""
        return len(self.tasks)

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count a request, for as long as the block lasts."""
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        self.begun += 1
        self.peak = max(self.peak, self.in_flight)
        self.threads.add(threading.get_ident())
        try:
            yield
        finally:
            self.tasks.discard(task)


@dataclass(frozen=True)
class Site:
    """An application that serves: its URL, which ends in a slash, and its load."""

    url: str
    load: Load


LOAD = web.AppKey("load", Load)


def application(work: Callable[[str], Awaitable[str]], *, at_most: int = 1000) -> web.Application:
    """Make the application, to be served by whatever serves applications of aiohttp; `LOAD` is its key to the load."""
    load = Load()

    async def answer(request: web.Request) -> web.Response:
        if load.in_flight >= at_most:
            raise web.HTTPServiceUnavailable
        with load.one_more():
            return web.Response(text=await work(request.match_info["name"]))

    made = web.Application()
    made[LOAD] = load
    made.router.add_get("/{name}", answer)
    return made


@asynccontextmanager
async def serving(
    work: Callable[[str], Awaitable[str]],
    *,
    address: tuple[str, int] = LOOPBACK,
    at_most: int = 1000,
    grace: float = 1.0,
) -> AsyncIterator[Site]:
    """Serve the application in the event loop that runs, for as long as the block lasts."""
    made = application(work, at_most=at_most)
    last_resort = max(grace, 0.1)  # of nothing, aiohttp would make all the time in the world
    runner = web.AppRunner(made, handler_cancellation=True, access_log=None, shutdown_timeout=last_resort)
    await runner.setup()
    patience = 0.0  # where the block ends in an exception, nobody waits
    try:
        site = web.TCPSite(runner, *address, backlog=BACKLOG)
        await site.start()
        host, port = runner.addresses[0][:2]
        yield Site(f"http://{f'[{host}]' if ':' in host else host}:{port}/", made[LOAD])
        await site.stop()
        patience = grace
    finally:
        await finish(made[LOAD], patience)
        await runner.cleanup()


async def finish(load: Load, patience: float) -> None:
    """Wait for what is in flight, and cancel what takes too long."""
    if load.tasks:
        _, late = await asyncio.wait(set(load.tasks), timeout=patience)
        for task in late:
            task.cancel()
