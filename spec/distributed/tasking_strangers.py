"""Clients of a task server that talk nonsense, or do not talk or read at all, and a server impatient with them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from concurrency_lib.task_server.links import Link
from spec.distributed.tasking import Served
from spec.support.deadlines import overdue

SOON = 0.01  # seconds, instead of many, for which the server is patient with who says nothing, or does not read


@contextmanager
def impatient(served: Served, what: str) -> Iterator[None]:
    """Let a server be patient only for a moment with those who come now."""
    usual = getattr(served.server.serving, what)
    setattr(served.server.serving, what, SOON)
    yield
    setattr(served.server.serving, what, usual)


def say_and_be_done(its: socket.socket, what: bytes) -> None:
    """Send something, and the end of all that is sent."""
    its.sendall(what)
    with suppress(OSError):  # where it has been closed already
        its.shutdown(socket.SHUT_WR)


def read_to_the_end(its: socket.socket) -> bool:
    """Wait until the server closes a connection."""
    try:
        while its.recv(1 << 16):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        raise overdue("the end of a connection") from None
    return True


def shrink_what_it_receives(link: Link) -> None:
    """Have the kernel keep little for a client that does not read."""
    with socket.socket(fileno=socket.dup(link.wire.fileno())) as its:
        its.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
