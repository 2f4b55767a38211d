"""Several processes that serve at one port, on one socket or a socket each: which of them does, in the clean room."""

from __future__ import annotations

import os
import signal
import socket
import time
from typing import Any

from concurrency_lib import servers
from spec.choosing.targets.serving import answer_on, ask, client
from spec.support.deadlines import deadline
from spec.threads.targets import busy
from spec.threads.targets.busy import Ran


def death_of_one(processes: int) -> tuple[bytes, list[int]]:
    """Kill one of several processes, beside a client of another; return what it is told then, and who still serves."""
    handle: Any = lambda _: b"%d" % os.getpid()  # noqa: E731 - as short as it is
    with servers.serve_in_loops(handle, processes, reuse_port=False) as server, client(server.address) as connection:
        serves = int(ask(connection, b"who?"))
        others = [pid for pid in server.pids if pid != serves]
        for pid in others:
            os.kill(pid, signal.SIGKILL)
        return ask(connection, b"who?"), [serves]


def spread(processes: int, over: str) -> tuple[set[bytes], list[int]]:
    """Connect to processes on "one socket" or "a socket each" until all serve; return who did, and who is there."""
    reuse_port = over == "a socket each"
    limits = servers.Limits(connections=1000 if reuse_port else 1)
    handle: Any = lambda _: b"%d" % os.getpid()  # noqa: E731
    with servers.serve_in_loops(handle, processes, limits=limits, reuse_port=reuse_port) as server:
        clients, told = [], set[bytes]()
        give_up = time.monotonic() + deadline()
        try:
            while len(told) < processes and time.monotonic() < give_up:
                clients.append(socket.create_connection(server.address, timeout=deadline()))
                told.add(ask(clients[-1], b"who?"))
            return told, server.pids
        finally:
            for each in clients:
                each.close()


def has_room_beside(reuse_port: bool | None) -> bool:  # noqa: FBT001 - as the library takes it
    """Whether another socket may listen on the port of a server, because the server's own may share it."""
    with servers.serve_in_loops(bytes, 2, reuse_port=reuse_port) as server:
        try:
            servers.listen(server.address, reuse_port=True).close()
        except OSError:
            return False
    return True


def refusal_to_share() -> str:
    """Say why several sockets cannot listen on one port; nothing where they can."""
    return "" if servers.can_reuse_port() else "a second socket cannot listen on a port that another listens on"


def work_in_two_places(_threads: int, seconds: float) -> Ran:
    """Have two processes compute for as long, each for a client; return how much of two cores they wanted."""

    def compute_here(until: bytes) -> bytes:
        life = busy.life_of(lambda: busy.compute(busy.xor, float(until)))
        return f"{os.getpid()} {life.passed} {life.used} {life.queued}".encode()

    limits = servers.Limits(connections=1)  # so the second client is the second process's
    with (
        servers.serve_in_loops(compute_here, 2, limits=limits, reuse_port=False) as server,
        client(server.address) as first,
        client(server.address) as second,
    ):
        began = time.perf_counter()
        for each in (first, second):
            each.sendall(b"%r\n" % (began + seconds))
        told = [answer_on(each).split() for each in (first, second)]
    lives = [busy.Life(*map(float, figures), []) for _, *figures in told]
    return Ran(began, time.perf_counter() - began, sum(life.used for life in lives), lives)
