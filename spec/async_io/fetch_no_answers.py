"""Hosts of which no answer comes to its end: one is silent, one says ever more, and one is not there at all."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from concurrency_lib import fetching
from spec.async_io.fetch_hosts import LOOPBACK, Behaviour, hosts
from spec.async_io.fetch_waits import results_after, served


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Say nothing until the client has gone."""
    with suppress(ConnectionError):
        await reader.read()


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


async def heads_in_bad_company(behaviours: Sequence[Behaviour], limits: fetching.Limits) -> Any:
    """Fetch from where nobody listens, from a silent host, and from these; the time is over when these are done."""
    async with hosts([silent, *behaviours]) as (quiet, *others):
        with nobody_listens() as refused:
            fetch = fetching.heads_of([refused, quiet.url, *(each.url for each in others)], limits=limits)
            return await results_after(fetch, lambda: quiet.requests and all(map(served, others)), limits.seconds)
