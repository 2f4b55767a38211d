"""Bad clients, bad handlers and limits: what they cost the others, in the clean room."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import wait
from typing import NamedTuple

from concurrency_lib import servers
from spec.choosing.targets.serving import KINDS, answer_on, ask, client, waits
from spec.choosing.targets.serving_gate import Gate
from spec.support.deadlines import deadline, happens_in_a_while, overdue

LIMITS = servers.Limits(connections=4, line=100, seconds=20.0)
TINY = servers.Limits(connections=4, line=100, seconds=0.01)
MUCH = b"x" * 99


class Beside(NamedTuple):
    """What a bad client got for its part, and a good one meanwhile."""

    bad: bytes
    good: bytes


def echo(request: bytes) -> bytes:
    """Send the request back; raise, or answer with what is no line, where it says so."""
    if request == b"raise":
        raise ValueError("as asked for")
    return b"two\nlines" if request == b"lines" else request


def send_much(connection: socket.socket) -> None:
    """Send requests and read no answer, until neither side has room for more."""
    connection.settimeout(0)
    with suppress(BlockingIOError):
        while True:
            connection.send((MUCH + b"\n") * 100)
    connection.settimeout(deadline())


BAD: dict[str, Callable[[socket.socket], object]] = {
    "sends nothing": lambda _: None,
    "sends half a request": lambda bad: bad.sendall(b"half"),
    "sends garbage": lambda bad: bad.sendall(bytes(range(11, 99)) * 20),
    "stops reading": send_much,
    "makes the handler raise": lambda bad: bad.sendall(b"raise\n"),
    "is sent two lines": lambda bad: bad.sendall(b"lines\n"),
}


def beside_one_that(kind: str, does: str) -> Beside:
    """Let one client be bad, and another ask meanwhile; then let the bad one send no more, and read the end of it."""
    with KINDS[kind](echo, limits=LIMITS) as server, client(server.address) as bad:
        BAD[does](bad)
        with client(server.address) as good:
            answer = ask(good, b"good")
        with suppress(OSError):  # where it is cut already
            bad.shutdown(socket.SHUT_WR)
        return Beside(answer_on(bad), answer)


def at_the_limit(kind: str, size: int) -> bytes:
    """Send a request of that size, where a hundred bytes are allowed."""
    with KINDS[kind](len_of, limits=LIMITS) as server, client(server.address) as connection:
        return ask(connection, b"x" * size)


def len_of(request: bytes) -> bytes:
    """Answer with the number of bytes."""
    return b"%d" % len(request)


def one_too_many(kind: str) -> tuple[bool, bytes]:
    """Hold as many connections as may be open at once; say whether one more was answered, and then when one is free."""
    gate = Gate()
    with (
        KINDS[kind](waits(gate, kind), limits=servers.Limits(connections=1)) as server,
        client(server.address) as first,
        client(server.address) as second,
    ):
        first.sendall(b"first\n")
        gate.await_arrivals(1)
        second.sendall(b"second\n")
        came = happens_in_a_while(lambda: wait([gate.came], 0))
        gate.open()
        answer_on(first)
        first.close()
        return came, answer_on(second)


def cut_in_time(kind: str, request: bytes) -> bytes:
    """Begin what would never end, with little time; return what came of it before the connection ended."""
    gate = Gate()
    with KINDS[kind](waits(gate, kind), limits=TINY) as server, client(server.address) as connection:
        connection.sendall(request)
        return answer_on(connection)


def heard_in_the_log(kind: str, request: bytes, limits: servers.Limits = LIMITS) -> list[str]:
    """Make a request that goes wrong; return the line that the logger has then, and what else there is."""
    heard, log = os.pipe()
    logger = logging.getLogger("concurrency_lib.servers")
    logger.addHandler(logging.StreamHandler(os.fdopen(log, "w", buffering=1)))
    with KINDS[kind](echo, limits=limits) as server, client(server.address) as connection:
        connection.sendall(request)
        answer_on(connection)
        if not wait([heard], deadline()):
            raise overdue("a line in the log")
    return os.read(heard, 4096).decode().splitlines()
