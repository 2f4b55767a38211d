"""Event loops of asyncio that are broken, each in one way."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import Any

from spec.support.deadlines import deadline, overdue


class AtOnce(asyncio.SelectorEventLoop):
    """Does what a task is to do where it is made."""

    def create_task(self, coro: Any, **_: Any) -> Any:
        """Run a coroutine that waits for nothing."""
        future = self.create_future()
        try:
            coro.send(None)
        except StopIteration as end:
            future.set_result(end.value)
        return future


class WithEvents(asyncio.SelectorEventLoop):
    """Has the calls that the outline of a loop uses."""

    def get_event(self) -> None:
        """Return the next event."""

    def process_event(self, event: object) -> None:
        """Handle an event."""


class SignalsAnywhere(asyncio.SelectorEventLoop):
    """Takes a signal's handler in any thread, and forgets it in all but the main one."""

    def add_signal_handler(self, *args: Any) -> None:
        """Take it."""
        if threading.current_thread() is threading.main_thread():
            super().add_signal_handler(*args)


class WaitsForAnswers(asyncio.SelectorEventLoop):
    """Waits in place until there is something to receive, which blocks the thread."""

    async def sock_recv(self, sock: socket.socket, n: int) -> bytes:
        """Receive in a call that blocks."""
        if not wait([sock], deadline()):
            raise overdue("anything to receive")
        return await super().sock_recv(sock, n)


class Hasty(asyncio.SelectorEventLoop):
    """Tells of input that is not there yet."""

    def add_reader(self, fd: Any, callback: Callable[..., object], *args: Any) -> None:
        """Call the callback soon, whether there is anything to read or not."""
        super().add_reader(fd, callback, *args)
        self.call_soon(callback, *args)


class Peeking(asyncio.SelectorEventLoop):
    """Hands over what has arrived, and leaves it there."""

    async def sock_recv(self, sock: socket.socket, n: int) -> bytes:
        """Return what can be read, without reading it."""
        arrived = asyncio.Event()
        self.add_reader(sock, arrived.set)
        await arrived.wait()
        self.remove_reader(sock)
        return sock.recv(n, socket.MSG_PEEK)


class NewestFirst(asyncio.SelectorEventLoop):
    """Calls first what was asked for last."""

    def call_soon(self, callback: Callable[..., object], *args: Any, context: Any = None) -> asyncio.Handle:
        """Put a callback before all others."""
        handle = super().call_soon(callback, *args, context=context)
        self._ready.rotate()  # type: ignore[attr-defined]
        return handle


class Early(asyncio.Future[Any]):
    """Has a result whenever it is asked."""

    def result(self) -> Any:
        """Return the result, or None where there is none."""
        return super().result() if self.done() else None


class EarlyResults(asyncio.SelectorEventLoop):
    """Makes futures that have a result from the beginning."""

    def create_future(self) -> Early:
        """Make one."""
        return Early(loop=self)


class ConnectsInThreads(asyncio.SelectorEventLoop):
    """Takes a thread before it connects."""

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Connect, with a thread that is of no use."""
        await self.run_in_executor(None, int)
        await super().sock_connect(sock, address)


class WithoutThreads(asyncio.SelectorEventLoop):
    """Calls in its own thread what it is to have threads call."""

    def run_in_executor(self, _: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Call a function."""
        future = self.create_future()
        future.set_result(func(*args))
        return future
