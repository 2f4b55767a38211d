"""A question to a peer that callbacks of asyncio ask and answer; and what happens in one thread, drawn."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence

from spec.support.evidence import Event, Evidence, Lane


async def callbacks_in_order() -> list[str]:
    """Have a callback ask a peer, which answers after the next callback; return what happened."""
    log: list[str] = []
    loop, is_done = asyncio.get_running_loop(), asyncio.Event()
    ours, theirs = socket.socketpair()
    with ours, theirs:

        def ask() -> None:
            ours.sendall(b"question")
            loop.add_reader(ours, take)
            log.append("asked, and ended")

        def answer() -> None:
            log.append(f"peer has the {theirs.recv(100).decode()}")
            theirs.sendall(b"answer")
            loop.remove_reader(theirs)

        def take() -> None:
            log.append(f"we have the {ours.recv(100).decode()}")
            loop.remove_reader(ours)
            is_done.set()

        loop.add_reader(theirs, answer)
        loop.call_soon(ask)
        loop.call_soon(log.append, "key")
        await is_done.wait()
    return log


def show(evidence: Evidence, log: Sequence[str]) -> None:
    """Show what happened, in its order."""
    evidence.timeline("one thread", [Lane("events", events=[Event(what, at) for at, what in enumerate(log)])], "steps")
