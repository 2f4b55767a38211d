"""Connections that speak the protocol of `multiprocessing.managers`, and do not wait for ever.

Both sides prove that they have the key before anything is unpickled. A side that stays silent while the
other proves itself, or that does not read what it is sent, loses the connection; one whose machine is gone
loses it by TCP's keepalive.
"""

from __future__ import annotations

import os
import socket
import struct
from contextlib import suppress
from multiprocessing import AuthenticationError, managers
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge
from typing import Any, Self

from concurrency_lib.task_server.errors import NoServer, ServerGone, WrongKey

Address = tuple[str, int]
Wire = Connection

DESK = "tasks"  # what the server publishes
HANDSHAKE = 10.0  # seconds in which the other side must prove that it has the key
SILENCE = 30.0  # seconds in which it must read, or answer
LONGEST_WAIT = 10.0  # seconds for which a server lets a client wait before it answers that there is nothing


def limit(wire: Wire, *, receive: float, send: float) -> None:
    """Set after how many seconds without a byte receiving and sending fail; 0 is never."""
    with socket.socket(fileno=os.dup(wire.fileno())) as its:
        for option, seconds in ((socket.SO_RCVTIMEO, receive), (socket.SO_SNDTIMEO, send)):
            whole = int(seconds)
            its.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", whole, int((seconds - whole) * 1e6)))


def prepare(wire: Wire) -> None:
    """Send at once what is to be sent, and notice within half a minute that the other machine is gone."""
    with socket.socket(fileno=os.dup(wire.fileno())) as its:
        its.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        its.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, value in ((socket.TCP_KEEPIDLE, 15), (socket.TCP_KEEPINTVL, 5), (socket.TCP_KEEPCNT, 3)):
            its.setsockopt(socket.IPPROTO_TCP, option, value)


def acknowledge(wire: Wire) -> None:
    """Say at once that all has arrived: a plain manager's client holds its first request back until it hears that."""
    with socket.socket(fileno=os.dup(wire.fileno())) as its:
        its.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def hang_up(wire: Wire) -> None:
    """End a connection that another thread may be waiting at: it finds the end of the stream."""
    shut(wire, socket.SHUT_RDWR)


def hush(wire: Wire) -> None:
    """Hear no more from a connection; what is being answered is still sent."""
    shut(wire, socket.SHUT_RD)


def shut(wire: Wire, ways: int) -> None:
    """Shut one way of a connection, or both, for every thread and process that has it."""
    with suppress(OSError), socket.socket(fileno=os.dup(wire.fileno())) as its:
        its.shutdown(ways)


def knock(address: Address) -> None:
    """Wake whoever accepts connections at an address."""
    with suppress(OSError):
        socket.create_connection(address, timeout=1.0).close()


def peer_of(wire: Wire) -> Address:
    """Return the address of the other side."""
    with socket.socket(fileno=os.dup(wire.fileno())) as its:
        address: Address = its.getpeername()
        return address


def written(address: Address) -> str:
    """Write an address as people do."""
    return "{}:{}".format(*address[:2])


def dial(address: Address, key: bytes, name: str, handshake: float) -> Wire:
    """Connect to a task server, and prove to each other that both have the key."""
    try:
        sock = socket.create_connection(address, timeout=handshake)
    except (OSError, OverflowError) as error:  # the latter of a port that cannot be
        told = f"{written(address)}: expected a task server, found {error}; start one, or mend the address"
        raise NoServer(told) from error
    sock.settimeout(None)
    wire = Connection(sock.detach())
    try:
        prepare(wire)
        limit(wire, receive=handshake, send=handshake)
        _prove(wire, key, address, name)
        limit(wire, receive=SILENCE, send=SILENCE)
    except BaseException:
        wire.close()
        raise
    return wire


def _prove(wire: Wire, key: bytes, address: Address, name: str) -> None:
    where = written(address)
    try:
        answer_challenge(wire, key)
        deliver_challenge(wire, key)
        managers.dispatch(wire, None, "accept_connection", (name,))  # type: ignore[attr-defined]
    except AuthenticationError as error:
        told = f"{where}: expected a server with this key, found: {error}; give both sides the same key"
        raise WrongKey(told) from error
    except Exception as error:
        found = "silence" if isinstance(error, BlockingIOError) else f"{type(error).__name__}: {error}"
        told = f"{where}: expected a task server, found something else ({found}); mend the address or the port"
        raise NoServer(told) from error


class Link:
    """A client's connection to the desk of a task server."""

    def __init__(self, address: Address, key: bytes, role: str, name: str, *, handshake: float = HANDSHAKE) -> None:
        self.address = address
        self.wire = dial(address, key, name, handshake)
        try:
            self.terms = self.call("join", role, name)
        except BaseException:
            self.close()
            raise

    def call(self, method: str, *args: object) -> Any:
        """Call a method of the desk; raise `ServerGone` where the connection does not carry the answer."""
        try:
            return managers.dispatch(self.wire, DESK, method, args)  # type: ignore[attr-defined]
        except (OSError, EOFError) as error:
            found = "silence" if isinstance(error, BlockingIOError) else f"{type(error).__name__}: {error}".rstrip(": ")
            told = f"{written(self.address)}: expected an answer to {method}, found {found}; the server is gone"
            raise ServerGone(told) from error

    def hang_up(self) -> None:
        """End the conversation, from whatever thread: a call that waits raises `ServerGone`."""
        hang_up(self.wire)

    def close(self) -> None:
        """Close the connection; what its client had leased goes back to the queue."""
        self.wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
