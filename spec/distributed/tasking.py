"""Task servers, and workers in threads, for the length of a block; and clients that are driven by hand."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from concurrency_lib.task_server import Master, TaskServer, Worker
from concurrency_lib.task_server.links import Link
from spec.support.deadlines import deadline, wait_until
from spec.threads.together import together

KEY = b"known to all of a specification"
LOOPBACK = ("127.0.0.1", 0)


class Served:
    """A task server, and the lines that it said."""

    def __init__(self, server: TaskServer, lines: list[str]) -> None:
        self.server, self.lines, self.address = server, lines, server.address

    def says(self, words: str) -> str:
        """Wait for a line with these words, and return it."""
        return wait_until(lambda: next((line for line in self.lines if words in line), ""), f"a line with {words!r}")

    def counts(self, name: str) -> int:
        """Return one of the server's counts."""
        return self.server.status()[name]

    def master(self, **options: Any) -> Master:
        """Connect a master."""
        return Master(self.address, KEY, **options)

    def worker(self, name: str = "by hand") -> Link:
        """Connect a worker that a requirement drives by hand: it does what it is told, and nothing else."""
        return Link(self.address, KEY, "worker", name)


@contextmanager
def serving(address: tuple[str, int] = LOOPBACK, **options: Any) -> Iterator[Served]:
    """Serve tasks, until the end of the block."""
    lines: list[str] = []
    server = TaskServer(address, key=KEY, tell=lines.append, **options)
    try:
        yield Served(server, lines)
    finally:
        server.close(grace=0.0)


@contextmanager
def working(served: Served, number: int = 1, **options: Any) -> Iterator[list[Worker]]:
    """Let workers work in threads of their own, until the end of the block."""
    workers = [Worker(served.address, KEY, name=f"worker {each + 1}", **options) for each in range(number)]
    with together(*[worker.run for worker in workers], at_end=lambda: stop_all(workers)):
        yield workers


def stop_all(workers: list[Worker]) -> None:
    """Let all end."""
    for worker in workers:
        worker.stop()


def take(link: Link, want: int = 1) -> list[tuple[int, bytes]]:
    """Lease tasks by hand."""
    return link.call("exchange", [], [], want, deadline()).leased


def hand_in(link: Link, *done: Any) -> list[int]:
    """Hand in results by hand; return the numbers of those that were refused."""
    return link.call("exchange", list(done), [], 0, 0.0).refused


@contextmanager
def stranger(address: tuple[str, int]) -> Iterator[socket.socket]:
    """Connect to a port, and say nothing yet."""
    with socket.create_connection(address, timeout=deadline()) as its:
        yield its


@contextmanager
def somebody_else(greeting: bytes = b"") -> Iterator[tuple[str, int]]:
    """Listen at a port as something that is no task server; yield its address."""
    with socket.create_server(LOOPBACK) as listener:

        def greet() -> None:
            with suppress(OSError), listener.accept()[0] as client:  # whatever the client does
                client.settimeout(deadline())
                client.sendall(greeting)
                while client.recv(1 << 16):
                    pass

        def hang_up() -> None:
            listener.shutdown(socket.SHUT_RDWR)

        with together(greet, at_end=hang_up):
            yield listener.getsockname()
