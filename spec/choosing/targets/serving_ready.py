"""What the kernel tells an event loop, and what a coroutine is without one."""

from __future__ import annotations

import asyncio
import resource
import selectors
import socket
import tempfile
from functools import partial
from typing import NamedTuple

from spec.choosing.targets import serving
from spec.choosing.workload_sampling import ratio_of
from spec.support.deadlines import deadline
from spec.support.measuring import Sample


class Readiness(NamedTuple):
    """What a selector said before and after something arrived, and what a read brought."""

    before: int
    after: int
    read: bytes


def selector_of_a_loop() -> str:
    """Return the kind of selector with which asyncio's loop waits here."""
    loop = asyncio.new_event_loop()
    try:
        return type(loop._selector).__name__  # type: ignore[attr-defined]  # noqa: SLF001 - no public call tells
    finally:
        loop.close()


def told_when_ready() -> Readiness:
    """Ask a selector about one socket, before and after its peer has sent something; read it only then."""
    ours, theirs = socket.socketpair()
    with ours, theirs, selectors.DefaultSelector() as watch:
        watch.register(ours, selectors.EVENT_READ)
        before = ready_in(watch)
        theirs.sendall(b"sent")
        after = ready_in(watch)
        return Readiness(before, after, ours.recv(100))


def ready_in(watch: selectors.BaseSelector) -> int:
    """Return of how many the selector says that they can be read."""
    return len(watch.select(0))


def refused_for_a_file(selector: str) -> str:
    """Register a regular file; return the name of the error, empty where it is accepted."""
    with tempfile.TemporaryFile() as file, getattr(selectors, selector)() as watch:
        try:
            watch.register(file, selectors.EVENT_READ)
        except OSError as error:
            return type(error).__name__
    return ""


def serve_with(selector: str, number: int) -> serving.Held:
    """Hold requests in an event loop that waits with one kind of selector."""
    kind = getattr(selectors, selector)
    return serving.hold_requests("one loop", number, loop_factory=lambda: asyncio.SelectorEventLoop(kind()))


def by_callbacks_alone(number: int) -> list[bytes]:
    """Serve clients at the same time in an event loop that has callbacks and no coroutine; return what they are told.

    Nobody is answered until all have asked.
    """
    loop, pairs = asyncio.new_event_loop(), [socket.socketpair() for _ in range(number)]
    asked, told = list[tuple[socket.socket, bytes]](), list[bytes]()

    def receive(server: socket.socket) -> None:
        asked.append((server, server.recv(100)))
        if len(asked) == number:
            for each, request in asked:
                each.sendall(request)

    def read(client: socket.socket) -> None:
        told.append(client.recv(100))
        if len(told) == number:
            loop.stop()

    try:
        for each, (client, server) in enumerate(pairs):
            loop.add_reader(server, receive, server)
            loop.add_reader(client, read, client)
            client.sendall(b"%d" % each)
        loop.call_later(deadline(), loop.stop)
        loop.run_forever()
        return told
    finally:
        loop.close()
        for end in (end for pair in pairs for end in pair):
            end.close()


def switches_of(kind: str, requests: int) -> int:
    """Serve requests, a connection each; return how often the server's processes were switched, all together."""
    before = switches_of_children()
    with serving.KINDS[kind](bytes) as server:
        for each in range(requests):
            with serving.client(server.address) as connection:
                serving.ask(connection, b"%d" % each)
    return switches_of_children() - before


def switches_of_children() -> int:
    """Return how often the children that have been reaped, and theirs, gave up a core or were put off it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_nvcsw + used.ru_nivcsw


def switches_of_both(requests: int) -> tuple[Sample, float, float]:
    """Return how many times as often a process each is switched as one loop, and how often a request either is."""
    each, loop = (partial(switches_of, kind, requests) for kind in ("a process each", "one loop"))
    return ratio_of(each, loop, 1 / requests)
