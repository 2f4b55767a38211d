"""Runtimes whose event loops break one promise each.

What breaks, breaks for the claims about asyncio and their helpers where it could keep others from coming to an end.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import warnings
from asyncio import base_events, events, runners, selector_events
from collections.abc import Callable
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by, replace

ASKING = ("spec.async_io.test_asyncio_", "spec.async_io.loop_")

Loop: Any = base_events.BaseEventLoop


def asked() -> bool:
    """Tell whether whoever called what is broken is a claim about asyncio, or a helper of one."""
    return str(sys._getframe(2).f_globals.get("__name__")).startswith(ASKING)  # noqa: SLF001 - nothing else tells


@noticed_by("asyncio-message-loop-model")
def the_newest_callback_runs_first() -> None:
    """A callback that is posted to a loop runs before those that wait."""

    def call_soon(honest: Callable[..., Any]) -> Callable[..., Any]:
        def call_next(self: Any, *args: Any, **kw: Any) -> Any:
            handle = honest(self, *args, **kw)
            if asked():
                self._ready.rotate(1)
            return handle

        return call_next

    replace(Loop, "call_soon", call_soon)


@noticed_by("asyncio-message-loop-model")
def a_callback_runs_at_once() -> None:
    """A callback that is posted to a loop runs in the call that posts it."""

    def call_soon(honest: Callable[..., Any]) -> Callable[..., Any]:
        def call_now(self: Any, callback: Callable[..., Any], *args: Any, **kw: Any) -> Any:
            if str(getattr(callback, "__module__", "")).startswith(ASKING):  # and no step of a task
                callback(*args)
                return honest(self, int)
            return honest(self, callback, *args, **kw)

        return call_now

    replace(Loop, "call_soon", call_soon)


@noticed_by("asyncio-message-loop-model")
def timers_fire_in_the_opposite_order() -> None:
    """Of two timers the one with the longer time fires first."""

    def call_later(honest: Callable[..., Any]) -> Callable[..., Any]:
        return lambda self, delay, *args, **kw: honest(self, 55 - delay if asked() else delay, *args, **kw)

    replace(Loop, "call_later", call_later)


@noticed_by(
    "asyncio-sample20-output", "asyncio-same-thread-shown", "asyncio-real-io-concurrent", "asyncio-complete-support",
    perhaps=["asyncio-wget-concurrent"],
)  # fmt: skip
def tasks_run_in_other_threads() -> None:
    """Each callback of a loop runs in a thread of its own."""

    def run(honest: Callable[[Any], None]) -> Callable[[Any], None]:
        def run_elsewhere(self: Any) -> None:
            loop = events._get_running_loop()  # noqa: SLF001 - as asyncio itself asks

            def inside() -> None:
                events._set_running_loop(loop)  # noqa: SLF001
                honest(self)
                events._set_running_loop(None)  # noqa: SLF001

            thread = threading.Thread(target=inside)
            thread.start()
            thread.join()

        return run_elsewhere

    replace(events.Handle, "_run", run)


@noticed_by("asyncio-get-loop-from-module")
def tasks_are_left_when_a_loop_ends() -> None:
    """A task that is left when its loop is closed is not cancelled."""
    replace(runners, "_cancel_all_tasks", lambda _: lambda loop: None)


@noticed_by("asyncio-get-loop-from-module")
def loops_are_left_open() -> None:
    """Whoever has made a loop for a coroutine leaves it open."""

    def leave(honest: Callable[..., None]) -> Callable[..., None]:
        return lambda self, *error: None if asked() else honest(self, *error)

    replace(asyncio.Runner, "__exit__", leave)


@noticed_by("asyncio-throw-coroutine-into-loop")
def a_forgotten_coroutine_is_silent() -> None:
    """A coroutine that nobody has awaited goes without a word."""
    replace(warnings, "_warn_unawaited_coroutine", lambda _: lambda coroutine: None)


@noticed_by("asyncio-builtin-async-io")
def datagrams_are_lost() -> None:
    """A datagram that a transport is told to send never arrives."""
    replace(selector_events._SelectorDatagramTransport, "sendto", lambda _: lambda *_: None)  # noqa: SLF001


@noticed_by("asyncio-complete-support", perhaps=["asyncio-wget-concurrent"])
def names_are_looked_up_in_the_loop() -> None:
    """The loop looks names up by itself, and blocks meanwhile."""
    import socket  # noqa: PLC0415

    async def getaddrinfo(self: Any, host: Any, port: Any, **hints: int) -> Any:
        return socket.getaddrinfo(host, port, **hints)

    replace(Loop, "getaddrinfo", lambda _: getaddrinfo)
