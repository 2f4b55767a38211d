"""One thread that serves many users at once: with asyncio, and with the library's message loop."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import ExitStack
from functools import partial
from typing import NamedTuple

from concurrency_lib.message_loop import MessageLoop
from spec.async_io import messages_running
from spec.choosing.targets.serving import answer_on
from spec.support.deadlines import deadline
from spec.threads.together import together


class Served(NamedTuple):
    """How many requests were open at once, the threads that served, and what the users were told."""

    at_once: int
    threads: set[int]
    answers: list[bytes]


def connect(address: tuple[str, int], number: int, users: ExitStack) -> list[socket.socket]:
    """Make that many users, each of whom sends a request."""
    connections = [users.enter_context(socket.create_connection(address, deadline())) for _ in range(number)]
    for each, connection in enumerate(connections):
        connection.sendall(b"%d\n" % each)
    return connections


class Coroutines:
    """A server whose users are told nothing until all of them have asked; it serves at most so many at once."""

    def __init__(self, users: int, most: int) -> None:
        self._users, self._room, self._all_have_asked = users, asyncio.Semaphore(most), asyncio.Event()
        self._all_are_served = asyncio.Event()
        self._asked = self._open = self._served = self.peak = 0
        self.threads = set[int]()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one user."""
        request = await reader.readline()
        self._asked += 1
        if self._asked == self._users:
            self._all_have_asked.set()
        async with self._room:
            await self._hold()
        writer.write(request)
        writer.close()
        await writer.wait_closed()
        self._served += 1
        if self._served == self._users:
            self._all_are_served.set()

    async def _hold(self) -> None:
        self.threads.add(threading.get_ident())
        self._open += 1
        self.peak = max(self.peak, self._open)
        await self._all_have_asked.wait()
        self._open -= 1

    async def run(self) -> Served:
        """Serve them all."""
        async with await asyncio.start_server(self.serve, "127.0.0.1", 0, backlog=self._users) as server:
            with ExitStack() as users:
                connections = await asyncio.to_thread(connect, server.sockets[0].getsockname(), self._users, users)
                await self._all_are_served.wait()
                return Served(self.peak, self.threads, [answer_on(each) for each in connections])


async def by_coroutines(users: int, most: int) -> Served:
    """Serve users in one event loop, no more at once than `most`."""
    return await Coroutines(users, most).run()


def by_message_loop(users: int) -> Served:
    """Serve users in one message loop, to which each event is a message; answer when all have asked."""
    asked, threads = list[tuple[socket.socket, bytes]](), set[int]()
    with ExitStack() as connected, ExitStack() as opened, MessageLoop() as loop:
        listener = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=users))

        def accept(listener: socket.socket) -> None:
            connection = opened.enter_context(listener.accept()[0])
            loop.watch(connection, "request")
            loop.watch(listener, "user")

        def hear(connection: socket.socket) -> None:
            threads.add(threading.get_ident())
            asked.append((connection, connection.recv(100)))
            if len(asked) == users:
                loop.stop()

        loop.on("user", accept)
        loop.on("request", hear)
        loop.watch(listener, "user")
        with together(partial(connect, listener.getsockname(), users, connected)) as [connecting]:
            messages_running.run(loop)
        for connection, request in asked:
            connection.sendall(request)
        return Served(len(asked), threads, [answer_on(each) for each in connecting.value()])
