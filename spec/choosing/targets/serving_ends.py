"""Ends of servers, of their processes and of their makers, and the address and loop of a server: in the clean room."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

from concurrency_lib import fork, servers
from spec.choosing.targets.serving import KINDS, answer_on, ask, client
from spec.support.deadlines import deadline, wait_until
from spec.support.subjects import companions


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


def kind_of_loop() -> bytes:
    """Serve in a loop of our own making; return the name of its kind, as a handler sees it."""

    class OwnLoop(asyncio.SelectorEventLoop):
        """Known by its name."""

    async def which(_: bytes) -> bytes:
        return type(asyncio.get_running_loop()).__name__.encode()

    with servers.serve_in_loop(which, loop_factory=OwnLoop) as server, client(server.address) as connection:
        return ask(connection, b"which?")
