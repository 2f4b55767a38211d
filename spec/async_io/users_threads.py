"""Servers that block: with a thread for each user, with a few threads for all, and with one."""

from __future__ import annotations

import socket
import socketserver
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from spec.support.deadlines import deadline

Answer = Callable[[bytes], bytes]


class Request(socketserver.StreamRequestHandler):
    """Reads a line, and writes what the server answers."""

    server: Any

    def setup(self) -> None:
        """Wait for the user no longer than for anything else."""
        self.timeout = deadline()
        super().setup()

    def handle(self) -> None:
        """Answer one request."""
        self.wfile.write(self.server.answer(self.rfile.readline()))


class OneForAll(socketserver.TCPServer):
    """Serves every user in the thread that accepts."""

    answer: Answer

    def handle_error(self, *_: object) -> None:
        """Tell nobody: the user has no answer, which says enough."""


class OneEach(socketserver.ThreadingMixIn, OneForAll):
    """Serves each user in a thread of its own."""


class TwoForAll(OneEach):
    """Serves every user in one of two threads."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._pool = ThreadPoolExecutor(2)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Have the next thread that is free serve."""
        self._pool.submit(self.process_request_thread, request, client_address)

    def server_close(self) -> None:
        """End the threads as well."""
        self._pool.shutdown()
        super().server_close()


@contextmanager
def serving(kind: type[OneForAll], answer: Answer) -> Iterator[OneForAll]:
    """Make a server, which accepts a user at each `handle_request()`; its threads end with the block."""
    with kind(("127.0.0.1", 0), Request) as server:
        server.answer, server.timeout = answer, deadline()
        yield server


@contextmanager
def user_of(server: OneForAll) -> Iterator[socket.socket]:
    """Connect to a server, and let it accept; where it serves in the same thread, that takes as long as the request."""
    with socket.create_connection(server.server_address[:2], timeout=deadline()) as user:
        yield user
