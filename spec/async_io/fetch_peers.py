"""Peers that know nothing of asyncio: plain sockets, which block, in a thread of their own."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from spec.support.deadlines import deadline
from spec.threads.together import together

LOOPBACK = "127.0.0.1"
SENT = b"said by the client"


def reply_to(said: bytes) -> bytes:
    """Answer as every peer does."""
    return said.upper()


@contextmanager
def stream_peer(tls: Any = None, reply: Callable[[bytes], bytes] = reply_to) -> Iterator[int]:
    """Accept one connection, over TLS if there is a context for it, and reply to what comes; yield the port."""
    with socket.create_server((LOOPBACK, 0)) as listener:
        listener.settimeout(deadline())

        def serve() -> None:
            with suppress(OSError):  # clients may go as they like
                connection, _ = listener.accept()
                connection.settimeout(deadline())
                # Else what TLS says of its own accord goes first, and the reply waits until that is acknowledged.
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                with tls.wrap_socket(connection, server_side=True) if tls else connection as stream:
                    stream.sendall(reply(stream.recv(1000)))
                    stream.recv(1)

        with together(serve, at_end=lambda: listener.shutdown(socket.SHUT_RDWR)):
            yield listener.getsockname()[1]


@contextmanager
def datagram_peer() -> Iterator[int]:
    """Answer one datagram; yield the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as here:
        here.bind((LOOPBACK, 0))
        here.settimeout(deadline())

        def serve() -> None:
            said, client = here.recvfrom(100)
            here.sendto(reply_to(said), client)

        with together(serve, at_end=lambda: here.sendto(b"", here.getsockname())):
            yield here.getsockname()[1]
