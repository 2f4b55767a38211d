"""What others do in the same loop, waited for or ruled out, and what came of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from spec.async_io.fetch_hosts import Host
from spec.support.deadlines import a_while
from spec.support.evidence import Evidence

TURNS = 10


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


def served(host: Host) -> bool:
    """Tell whether a host was asked, and nobody is connected to it any more."""
    return bool(host.requests) and not host.open


async def let_pass(seconds: float) -> None:
    """Put the clock of the loop that runs forward, when all that is under way has had some turns to come to its end."""
    loop = asyncio.get_running_loop()
    for _ in range(TURNS):
        await asyncio.sleep(0)
    time_of_the_loop = loop.time
    loop.time = lambda: time_of_the_loop() + seconds  # type: ignore[method-assign]


async def results_after(fetch: Awaitable[Any], fact: Callable[[], object], seconds: float) -> Any:
    """Return the results of a fetch that has its time when there is a fact: so many seconds pass at once then."""
    everything = asyncio.ensure_future(fetch)
    await until(fact)
    await let_pass(seconds)
    return await everything


async def raised_in(awaitable: Awaitable[object]) -> Exception | None:
    """Return the exception in which an awaitable ends, or None, for a requirement to assert which it is."""
    try:
        await awaitable
    except Exception as error:  # noqa: BLE001 - the requirement says which it expects
        return error
    return None


def show_results(evidence: Evidence, results: Sequence[Any]) -> None:
    """Show what became of each host."""
    rows = {f"{n} {type(each).__name__}": getattr(each, "what", "") for n, each in enumerate(results, 1)}
    evidence.figures("hosts", rows)
