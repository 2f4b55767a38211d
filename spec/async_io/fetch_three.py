"""Three hosts that answer when each of them was asked, and what a program that asks them sends and prints."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AbstractContextManager

from spec.async_io.fetch_hosts import THREE, Host, after, answers, hosts_in_a_thread

ANSWERS = [answers(f"Number: {number}", body="a body\r\n") for number in range(3)]


def in_step() -> AbstractContextManager[list[Host]]:
    """Have three hosts answer when each of them was asked."""
    arrived: list[asyncio.Event] = []

    async def all_asked() -> None:
        asked = asyncio.Event()
        arrived.append(asked)
        if len(arrived) == len(ANSWERS):
            for each in arrived:
                each.set()
        await asked.wait()

    return hosts_in_a_thread([after(all_asked, answer) for answer in ANSWERS], THREE)


def heads_printed(lines: Sequence[str], places: Sequence[str]) -> list[list[str]]:
    """Return the lines of each host's head, in their order."""
    return [[line for line in lines if line.startswith(f"{place} said")] for place in places]


def heads_sent(places: Sequence[str]) -> list[list[str]]:
    """Return the lines of each host's head as they are to be printed: up to the blank one, and nothing of the body."""
    return [[f"{place} said HTTP/1.1 200 OK", f"{place} said Number: {n}"] for n, place in enumerate(places)]


def requests_made(places: Sequence[str]) -> list[list[bytes]]:
    """Return the one request that the program is to send to each host."""
    return [[f"GET / HTTP/1.0\r\nHost: {place}\r\n\r\n".encode()] for place in places]
