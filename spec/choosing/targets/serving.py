"""Servers of the library and clients of theirs, all in the clean room: who was served at once, and by whom."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing.connection import wait
from typing import Any, NamedTuple

from concurrency_lib import servers
from spec.choosing.targets.serving_gate import Gate
from spec.support.deadlines import deadline, happens_in_a_while, overdue

KINDS = {
    "a process each": servers.serve_in_processes,
    "one loop": servers.serve_in_loop,
    "two loops": partial(servers.serve_in_loops, processes=2),
}


logging.getLogger("concurrency_lib.servers").addHandler(logging.NullHandler())  # else it prints what clients do wrong


class Held(NamedTuple):
    """Requests that were all open before any was answered: who had each, as pid and thread, and their answers."""

    by: Sequence[tuple[int, int]]
    answers: Sequence[bytes]
    pids: Sequence[int]

    @property
    def processes(self) -> set[int]:
        """Those in which a request was open."""
        return {pid for pid, _ in self.by}


@contextmanager
def client(address: tuple[str, int]) -> Iterator[socket.socket]:
    """Yield a connection to a server."""
    with socket.create_connection(address, timeout=deadline()) as connection:
        yield connection


def answer_on(connection: socket.socket) -> bytes:
    """Read one answer, without the line's end; nothing where the connection is closed, or cut, without one."""
    told = b""
    try:
        while not told.endswith(b"\n") and (part := connection.recv(1)):
            told += part
    except ConnectionError:
        return b""
    except TimeoutError:
        raise overdue("an answer, or the end of the connection") from None
    return told[:-1]


def ask(connection: socket.socket, request: bytes) -> bytes:
    """Send one request, and read its answer."""
    connection.sendall(request + b"\n")
    return answer_on(connection)


def waits(gate: Gate, kind: str) -> Callable[[bytes], Any]:
    """Return the handler that waits at the gate, as a server of that kind does best."""
    return gate.hold if kind == "a process each" else gate.hold_in_loop


def hold_requests(kind: str, number: int, **options: Any) -> Held:
    """Send requests, each on a connection of its own; let them be answered when all are held."""
    gate = Gate()
    with KINDS[kind](waits(gate, kind), **options) as server, ExitStack() as clients:
        connections = [clients.enter_context(client(server.address)) for _ in range(number)]
        for each, connection in enumerate(connections):
            connection.sendall(b"%d\n" % each)
        by = gate.await_arrivals(number)
        gate.open()
        return Held(by, [answer_on(connection) for connection in connections], server.pids)


def answered_while_one_waits(how: str) -> tuple[bool, list[bytes]]:
    """Hold one request in an event loop, which "blocks" or "awaits", and make another that is not held.

    Return whether that was answered meanwhile, and both answers in the end.
    """
    gate = Gate()

    def handle(request: bytes) -> Any:
        hold = gate.hold if how == "blocks" else gate.hold_in_loop
        return hold(request) if request == b"held" else request

    with (
        servers.serve_in_loop(handle) as server,
        client(server.address) as first,
        client(server.address) as second,
    ):
        first.sendall(b"held\n")
        gate.await_arrivals(1)
        second.sendall(b"free\n")
        if how == "blocks":
            meanwhile = happens_in_a_while(lambda: wait([second], 0))
        else:
            meanwhile = bool(wait([second], deadline()))
        gate.open()
        return meanwhile, [answer_on(first), answer_on(second)]


def exchange(kind: str, requests: Sequence[bytes]) -> list[bytes]:
    """Send requests one after another on one connection to a server that sends each back; return the answers."""
    with KINDS[kind](bytes) as server, client(server.address) as connection:
        return [ask(connection, request) for request in requests]
