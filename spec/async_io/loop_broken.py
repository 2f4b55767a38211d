"""Loops that break one promise each, for saboteurs to hand in."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from spec.async_io.clockwork import Clockwork


class NewestFirst(asyncio.SelectorEventLoop):
    """Runs the callback that came last before those that wait."""

    _ready: Any

    def call_soon(self, *args: Any, **options: Any) -> asyncio.Handle:
        """Schedule a call before all others."""
        handle = super().call_soon(*args, **options)
        self._ready.rotate(1)
        return handle


class AtOnce(asyncio.SelectorEventLoop):
    """Runs at once what this project asks it to run soon."""

    def call_soon(self, callback: Callable[..., Any], *args: Any, **options: Any) -> asyncio.Handle:
        """Call, and schedule nothing, unless asyncio itself asks."""
        if getattr(callback, "__module__", "").startswith("spec.async_io.test_"):
            callback(*args)
            callback = lambda *_: None  # noqa: E731 - a handle is expected in any case
        return super().call_soon(callback, *args, **options)


class LatestTimerFirst(Clockwork):
    """Fires the timers of this project in the opposite order of their times."""

    def call_later(self, delay: float, callback: Callable[..., Any], *args: Any, **options: Any) -> asyncio.TimerHandle:
        """Schedule a call the sooner, the later it was asked for."""
        return super().call_later(100.0 - delay, callback, *args, **options)


class ForgetsValues(asyncio.SelectorEventLoop):
    """Runs a coroutine to its end, and tells nothing of what came of it."""

    def run_until_complete(self, future: Any) -> Any:
        """Return None, whatever the future has come to."""
        try:
            super().run_until_complete(future)
        except Exception:  # noqa: BLE001 - it swallows them all
            return None


class BeginsAtOnce(asyncio.SelectorEventLoop):
    """Drives a coroutine to its first stop as soon as it is wrapped in a task."""

    def create_task(self, coro: Any, **options: Any) -> Any:
        """Make a task of a coroutine that has begun."""
        if self.is_running():
            coro.send(None)  # what it waits for is of no interest here
        return super().create_task(coro, **options)


class Deaf(asyncio.SelectorEventLoop):
    """Makes endpoints and connections that hear nothing."""

    _ssock: Any = None

    def _add_reader(self, fd: Any, callback: Callable[..., Any], *args: Any) -> Any:
        """Remember the callback of the loop's own descriptor alone."""
        if self._ssock is None or fd == self._ssock.fileno():
            return super()._add_reader(fd, callback, *args)
        return super()._add_reader(fd, int)


class TakesFiles(asyncio.SelectorEventLoop):
    """Takes a file for a pipe, and does nothing with it."""

    async def connect_read_pipe(self, protocol_factory: Any, pipe: Any) -> Any:
        """Say nothing."""
        return pipe, protocol_factory()


class DropsAByte(asyncio.SelectorEventLoop):
    """Loses the last byte of whatever comes through a pipe."""

    async def connect_read_pipe(self, protocol_factory: Any, pipe: Any) -> Any:
        """Put itself between the pipe and its reader."""
        protocol = protocol_factory()
        receive = protocol.data_received
        protocol.data_received = lambda data: receive(data[:-1])
        return await super().connect_read_pipe(lambda: protocol, pipe)


class DeafToSignals(asyncio.SelectorEventLoop):
    """Sets out to hear a signal by another function."""

    def add_signal_handler(self, sig: int, callback: Callable[..., Any], *_: Any) -> None:
        """Tell of another signal."""
        super().add_signal_handler(sig, callback, signal.SIGUSR2)


class LooksUpEverything(asyncio.SelectorEventLoop):
    """Has a thread for whatever it connects to."""

    async def create_connection(self, *args: Any, **options: Any) -> Any:
        """Ask a thread for nothing, and connect."""
        await self.run_in_executor(None, int)
        return await super().create_connection(*args, **options)


class Careless(asyncio.Runner):
    """Leaves what it has made as it is."""

    def close(self) -> None:
        """Do nothing."""
