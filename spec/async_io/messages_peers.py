"""A peer on the loopback that keeps requests open until all of them have come, and clients that ask it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from typing import Any

from concurrency_lib import threads
from concurrency_lib.message_loop import MessageLoop
from spec.async_io import messages_running
from spec.choosing.targets.serving import answer_on, ask
from spec.support.deadlines import deadline
from spec.threads.together import together

Address = tuple[str, int]


class Peer:
    """Answers requests when all are open, or when none has come for as long as its patience lasts."""

    def __init__(self, requests: int, patience: float) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=requests)
        self._listener.settimeout(patience)
        self._requests, self._over = requests, False
        self._open: list[tuple[socket.socket, bytes]] = []
        self.at_once = 0

    @property
    def address(self) -> Address:
        """Where it listens."""
        address: Address = self._listener.getsockname()
        return address

    def serve(self) -> None:
        """Answer all requests, or what has come by the end."""
        for _ in range(self._requests):
            connection = self._next()
            if self._over:
                connection.close()
                break
            self._hold(connection)
        self._answer()

    def end(self) -> None:
        """Wait for nobody any more."""
        self._over = True
        socket.create_connection(self.address, deadline()).close()

    def close(self) -> None:
        """Listen no longer."""
        self._listener.close()

    def _next(self) -> socket.socket:
        while True:
            try:
                return self._listener.accept()[0]
            except TimeoutError:
                self._answer()
                self._listener.settimeout(0.001)

    def _hold(self, connection: socket.socket) -> None:
        connection.settimeout(deadline())
        self._open.append((connection, answer_on(connection)))
        self.at_once = max(self.at_once, len(self._open))

    def _answer(self) -> None:
        while self._open:
            connection, request = self._open.pop(0)
            with connection:
                connection.sendall(request + b"\n")


@contextmanager
def peer(requests: int, patience: float | None = None) -> Iterator[Peer]:
    """Run a peer; it is as patient as the deadline if nothing else is said."""
    holding = Peer(requests, deadline() if patience is None else patience)
    with closing(holding), together(holding.serve, names=["peer"], at_end=holding.end):
        yield holding


def ask_once(address: Address, number: int) -> bytes:
    """Send one request, and wait for its answer."""
    with socket.create_connection(address, deadline()) as connection:
        return ask(connection, b"%d" % number)


def in_turn(address: Address, number: int, _: Any = None) -> list[bytes]:
    """Ask for one thing after the other."""
    return [ask_once(address, each) for each in range(number)]


def in_threads(address: Address, number: int, _: Any = None) -> list[bytes]:
    """Ask for all at once, in as many threads."""
    return threads.run_together(
        *[partial(ask_once, address, each) for each in range(number)],
        names=[f"request {each}" for each in range(number)],
    )


def in_coroutines(address: Address, number: int, run_async: Callable[..., Any]) -> list[bytes]:
    """Ask for all at once, in one thread that runs an event loop."""

    async def ask_for_one(each: int) -> bytes:
        reader, writer = await asyncio.open_connection(*address)
        writer.write(b"%d\n" % each)
        answer = await reader.readline()
        writer.close()
        await writer.wait_closed()
        return answer[:-1]

    async def ask_for_all() -> list[bytes]:
        return await asyncio.gather(*map(ask_for_one, range(number)))

    answers: list[bytes] = run_async(ask_for_all())
    return answers


def in_messages(address: Address, number: int, _: Any = None) -> list[bytes]:
    """Ask for all at once, in one thread that runs the library's message loop."""
    answers = dict[int, bytes]()
    with ExitStack() as connected, MessageLoop() as loop:

        def read(connection: socket.socket) -> None:
            answers[connections.index(connection)] = answer_on(connection)
            if len(answers) == number:
                loop.stop()

        loop.on("answer", read)
        connections = [connected.enter_context(socket.create_connection(address, deadline())) for _ in range(number)]
        for each, connection in enumerate(connections):
            connection.sendall(b"%d\n" % each)
            loop.watch(connection, "answer")
        messages_running.run(loop)
    return [answers[each] for each in sorted(answers)]


AT_ONCE = {"threads": in_threads, "coroutines": in_coroutines, "message loop": in_messages}
