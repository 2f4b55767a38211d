"""Servers on the loopback that answer with the id of the process that serves: run in the clean room."""

from __future__ import annotations

import os
import signal
import socket
import socketserver
from collections.abc import Callable
from typing import NamedTuple, NoReturn

from spec.processes.targets.fork_relatives import children_of, reap_all
from spec.support.deadlines import deadline
from spec.support.sabotage import Patch

LOOPBACK = "127.0.0.1"


class Served(NamedTuple):
    """The listening process, its children before and after the requests, and who served each."""

    listener: int
    before: list[int]
    by: list[int]
    after: list[int]

    @property
    def each_by_a_child_made_for_it(self) -> bool:
        """Whether each request had a process of its own, which was not there before the first."""
        return len(set(self.by)) == len(self.by) and not {*self.by} & {self.listener, *self.before}


class TellPid(socketserver.BaseRequestHandler):
    """Answers with the id of the process that it runs in."""

    def handle(self) -> None:
        """Answer."""
        tell_pid(self.request)


def tell_pid(connection: socket.socket) -> None:
    """Send this process's id."""
    connection.sendall(str(os.getpid()).encode())


def ask(address: tuple[str, int], serve: Callable[[], object] = int) -> int:
    """Connect, let the server do what it must, and return the pid that answers."""
    with socket.create_connection(address, timeout=deadline()) as client:
        serve()
        with client.makefile() as answer:
            return int(answer.read())


def fork_for_each(requests: int) -> Served:
    """Serve with the standard library's server that forks for each request."""
    return serve_with(socketserver.ForkingTCPServer, requests)


def serve_in_the_listener(requests: int) -> Served:
    """Serve with the standard library's server that does all by itself."""
    return serve_with(socketserver.TCPServer, requests)


def serve_with(kind: type[socketserver.TCPServer], requests: int) -> Served:
    """Serve from this process; a client that is connected already waits for its turn."""
    before = children_of(os.getpid())
    with kind((LOOPBACK, 0), TellPid) as server:
        by = [ask(server.server_address, server.handle_request) for _ in range(requests)]
    served = Served(os.getpid(), before, by, children_of(os.getpid()))
    reap_all()
    return served


def fork_ahead(requests: int, workers: int = 2) -> Served:
    """Serve with children that are forked before the first request and accept by themselves."""
    with socket.create_server((LOOPBACK, 0)) as listener:
        pool = [fork_acceptor(listener) for _ in range(workers)]
        try:
            before = children_of(os.getpid())
            by = [ask(listener.getsockname()) for _ in range(requests)]
            return Served(os.getpid(), before, by, children_of(os.getpid()))
        finally:
            for pid in pool:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def fork_acceptor(listener: socket.socket) -> int:
    """Fork a child that accepts and answers until it is killed."""
    if (pid := os.fork()) == 0:
        accept_for_ever(listener)
    return pid


def accept_for_ever(listener: socket.socket) -> NoReturn:
    """Answer one request after another, and never return."""
    try:
        while True:
            connection, _ = listener.accept()
            with connection:
                tell_pid(connection)
    finally:
        os._exit(1)


def children_not_awaited(patch: Patch) -> None:
    """Have the forking server close while its children are unreaped."""
    patch.setattr(socketserver.ForkingTCPServer, "block_on_close", False)
    patch.setattr(socketserver.ForkingTCPServer, "collect_children", lambda *_, **__: None)
