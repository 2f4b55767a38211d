"""Coroutines and threads that take turns, or do not, and what they write down meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from threading import Event

from spec.support.deadlines import deadline

Pause = Callable[[], Awaitable[object]]


async def give_way() -> None:
    """Let the loop go on with whoever is next."""
    await asyncio.sleep(0)


async def go_on() -> None:
    """Await, and give way to nobody."""


async def write(name: str, pages: list[str], times: int, pause: Pause) -> None:
    """Write a name, and pause, so many times."""
    for _ in range(times):
        pages.append(name)
        await pause()


async def written_by(names: str, times: int, pause: Pause) -> str:
    """Have a task for each name write it; return what is written in the end."""
    pages: list[str] = []
    await asyncio.gather(*(write(name, pages, times, pause) for name in names))
    return "".join(pages)


async def alternations_in(seconds: float) -> int:
    """Count how often two tasks give way to each other in a time of the processor, which nobody else can shorten."""
    counted = 0
    end = time.thread_time() + seconds

    async def alternate() -> None:
        nonlocal counted
        while time.thread_time() < end:
            counted += 1
            await asyncio.sleep(0)

    await asyncio.gather(alternate(), alternate())
    return counted


def spin_until(fact: Event) -> bool:
    """Compute, and nothing else, until another thread has brought about a fact, or the deadline has passed."""
    give_up = time.monotonic() + deadline()
    while not fact.is_set() and time.monotonic() < give_up:
        pass
    return fact.is_set()


async def busy(beats: list[str], turns: int) -> int:
    """Compute for many turns; return how often others beat meanwhile."""
    before = len(beats)
    for _ in range(turns):
        pass
    return len(beats) - before


async def busy_with_pauses(beats: list[str], turns: int) -> int:
    """Compute for some turns, and give way in each."""
    before = len(beats)
    for _ in range(turns // 1000):
        await asyncio.sleep(0)
    return len(beats) - before


async def waiting_in_a_thread(_: float) -> None:
    """Wait, in a thread beside the loop's, for a moment."""
    await asyncio.to_thread(time.sleep, 0.02)
