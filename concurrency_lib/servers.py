"""Three ways to serve many clients at once, small and real: a process each, one event loop, several event loops.

A request is a line and so is its answer, both `bytes` without the line's end; a client may send several, one after
another. `handle(request)` makes the answer. It may be a coroutine function where an event loop serves; a plain
function holds up every other connection of its loop for as long as it takes.

All three are safe as they come: they listen on the loopback, on a port that the system picks, unless an address is
given, and keep to `Limits`. A client that is slow, stops reading, or sends something else costs its own connection at
the most, and so does a handler that raises: the connection is closed without an answer, and the logger
`concurrency_lib.servers` has a line. The server's processes end at the end of the block, or by themselves when the
process that made it ends.
"""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING, Self

from concurrency_lib import _servers_forking, _servers_loop, fork
from concurrency_lib._servers_lines import Limits

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

__all__ = ["Limits", "Server", "serve_in_loop", "serve_in_loops", "serve_in_processes"]

LOOPBACK = ("127.0.0.1", 0)
GRACE = 1.0  # seconds that a process has for its end before it is killed
DEFAULTS = Limits()


def serve_in_processes(
    handle: Callable[[bytes], bytes], *, address: tuple[str, int] = LOOPBACK, limits: Limits = DEFAULTS
) -> Server:
    """Serve each connection in a forked process of its own, which is reaped when it ends.

    Whatever the handler does to that process, a crash included, costs its own connection alone.
    """
    return Server([listen(address)], partial(_servers_forking.accept_and_fork, handle=handle, limits=limits))


def serve_in_loop(
    handle: Callable[[bytes], bytes | Awaitable[bytes]],
    *,
    address: tuple[str, int] = LOOPBACK,
    limits: Limits = DEFAULTS,
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> Server:
    """Serve all connections in one process with one thread, in the event loop that `loop_factory` makes."""
    return serve_in_loops(handle, 1, address=address, limits=limits, loop_factory=loop_factory, reuse_port=False)


def serve_in_loops(  # noqa: PLR0913 - all but two of them are options, given by name
    handle: Callable[[bytes], bytes | Awaitable[bytes]],
    processes: int,
    *,
    address: tuple[str, int] = LOOPBACK,
    limits: Limits = DEFAULTS,
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
    reuse_port: bool | None = None,
) -> Server:
    """Serve in several processes on one port, each with an event loop.

    With `reuse_port` each has a listening socket of its own, and the kernel shares connections out between them; else
    all accept from one socket. By default it is used where the system has it. A process that dies costs its own
    connections alone.
    """
    serve = partial(_servers_loop.serve_for_good, handle=handle, limits=limits, loop_factory=loop_factory)
    if can_reuse_port() if reuse_port is None else reuse_port:
        first = listen(address, reuse_port=True)
        others = [listen(first.getsockname(), reuse_port=True) for _ in range(processes - 1)]
        return Server([first, *others], serve)
    return Server([listen(address)] * processes, serve)


def can_reuse_port() -> bool:
    """Try whether several sockets may listen on one port."""
    with suppress(OSError, AttributeError, ValueError), listen(LOOPBACK, reuse_port=True):
        return True
    return False


def listen(address: tuple[str, int], *, reuse_port: bool = False) -> socket.socket:
    """Make a listening socket."""
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    return socket.create_server(address, family=family, backlog=1024, reuse_port=reuse_port)


class Server:
    """A server that runs, in a process for each of its listeners.

    `address` is where it listens, host and port; `pids` are its processes, without those that serve one connection
    each. As a context manager it is closed at the end of the block.
    """

    def __init__(self, listeners: list[socket.socket], serve: Callable[[socket.socket, int], object]) -> None:
        self.address: tuple[str, int] = listeners[0].getsockname()[:2]
        self._processes = ExitStack()
        self._children: list[fork.ForkedChild] = []
        lifeline, self._end = os.pipe()
        try:
            for listener in listeners:
                child = fork.start(self._live, listener, listeners, lifeline, serve)
                self._children.append(self._processes.enter_context(child))
        except BaseException:
            self.close()
            raise
        finally:
            os.close(lifeline)
            for listener in listeners:
                listener.close()

    @property
    def pids(self) -> list[int]:
        """The processes that accept connections."""
        return [child.pid for child in self._children]

    def close(self) -> None:
        """End the server: its connections are cut, and none of its processes is left. Once is enough."""
        if self._end < 0:
            return
        with suppress(BrokenPipeError):  # where none of them lives any more
            os.write(self._end, b".")
        for child in self._children:
            with suppress(TimeoutError, fork.ChildFailed):
                child.wait(GRACE)
        self._processes.close()
        os.close(self._end)
        self._end = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _live(
        self,
        own: socket.socket,
        listeners: list[socket.socket],
        lifeline: int,
        serve: Callable[[socket.socket, int], object],
    ) -> None:
        """Be one of the server's processes: keep the one socket, and the end of the pipe that tells of the end."""
        os.close(self._end)
        for listener in listeners:
            if listener is not own:
                listener.close()
        serve(own, lifeline)
