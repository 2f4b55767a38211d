"""Ends of servers, of their processes and of their makers, and which of several processes serves: in the clean room."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from concurrency_lib import fork, servers
from spec.choosing.targets.serving import KINDS, answer_on, ask, client
from spec.support.deadlines import deadline, wait_until
from spec.support.subjects import companions
from spec.threads.targets import busy
from spec.threads.targets.busy import Ran


def crash_beside(kind: str) -> list[bytes]:
    """Have a handler kill its process; return what another client is told before, what came of it, and what after."""

    def handle(request: bytes) -> bytes:
        if request == b"crash":
            os.kill(os.getpid(), signal.SIGKILL)
        return request

    with KINDS[kind](handle) as server, client(server.address) as other, client(server.address) as bad:
        told = [ask(other, b"before"), ask(bad, b"crash")]
        with suppress(ConnectionError):
            told.append(ask(other, b"after"))
        return told


def children_left_by_clients(number: int) -> int:
    """Let clients come and go; return how many children the server has, ended ones included, when they are gone."""
    with servers.serve_in_processes(bytes) as server:
        for each in range(number):
            with client(server.address) as connection:
                ask(connection, b"%d" % each)
        (pid,) = server.pids
        children = Path(f"/proc/{pid}/task/{pid}/children")
        wait_until(lambda: not children.read_text(), "the reaping of the children")
        return len(children.read_text().split())


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


def end_of_the_maker(kind: str) -> tuple[bytes, bool]:
    """Kill the process that made a server; return what a client gets then, and whether all of it has come to an end."""
    told, tell = os.pipe()
    with fork.start(make_and_wait, kind, tell) as maker:
        address = ("127.0.0.1", int(os.read(told, 100)))
        with client(address) as connection:
            ask(connection, b"there")
            maker.kill()
            maker.wait(deadline())
            answer = answer_on(connection)
    return answer, wait_until(lambda: not companions() and refused(address), "the end of all that served")


def make_and_wait(kind: str, tell: int) -> None:
    """Make a server, say on which port, and live until it is killed."""
    with KINDS[kind](bytes) as server:
        os.write(tell, b"%d" % server.address[1])
        time.sleep(deadline())


def refused(address: tuple[str, int]) -> bool:
    """Whether nobody listens there; a connection that is reset came just before the end of whoever did."""
    try:
        socket.create_connection(address, timeout=deadline()).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:
        pass
    return False


def address_of(kind: str, *given: tuple[str, int]) -> tuple[str, int]:
    """Return where a server listens that was given an address, or none."""
    with KINDS[kind](bytes, **dict(zip(["address"], given, strict=False))) as server:
        return server.address


def after_the_block(kind: str) -> tuple[bytes, bool]:
    """Close a server that has a client; return what the client gets, and whether the next is refused."""
    with KINDS[kind](bytes) as server, client(server.address) as connection:
        ask(connection, b"there")
        server.close()
        return answer_on(connection), refused(server.address)


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


def kind_of_loop() -> bytes:
    """Serve in a loop of our own making; return the name of its kind, as a handler sees it."""

    class OwnLoop(asyncio.SelectorEventLoop):
        """Known by its name."""

    async def which(_: bytes) -> bytes:
        return type(asyncio.get_running_loop()).__name__.encode()

    with servers.serve_in_loop(which, loop_factory=OwnLoop) as server, client(server.address) as connection:
        return ask(connection, b"which?")


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
