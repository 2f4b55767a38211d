"""Runtimes that break one promise about generators and coroutines each.

How a generator stops and goes on cannot be broken from without; that is left to saboteurs. What is broken is what the
standard library says of it, or adds to it, and only for the claims about coroutines, their helpers, and the library's
module about them. Light: nothing here imports pytest.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import queue
import sys
import types
from collections.abc import Callable
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by, replace

ASKING = (
    "spec.async_io.test_coro_",
    "spec.async_io.coroutine_",
    "spec.async_io.generator_",
    "spec.async_io.targets.coroutine_",
    "spec.async_io.targets.generator_",
    "concurrency_lib.coroutines",
)


def asked() -> bool:
    """Tell whether whoever called what is broken is one of those for whom it is broken."""
    return str(sys._getframe(2).f_globals.get("__name__")).startswith(ASKING)  # noqa: SLF001 - nothing else tells


def said_to_be(wrong: str, of: str) -> Callable[[Any], Any]:
    """Say one state of a generator where there is another."""

    def getgeneratorstate(honest: Callable[[Any], str]) -> Callable[[Any], str]:
        return lambda generator: wrong if asked() and honest(generator) == of else honest(generator)

    return getgeneratorstate


@noticed_by(
    "coro-assign-on-resume",
    "coro-consumer-is-generator",
    "coro-falsy-ends",
    "coro-send-other-values",
    "coro-step3-yield-both-ways",
    "coro-step5-close",
)
def ended_generators_are_said_to_wait() -> None:
    """A generator that has ended is said to wait at a yield."""
    replace(inspect, "getgeneratorstate", said_to_be(inspect.GEN_SUSPENDED, of=inspect.GEN_CLOSED))


@noticed_by(
    "coro-consumer-is-generator",
    "coro-must-prime",
    "coro-step1-start",
)
def fresh_generators_are_said_to_wait() -> None:
    """A generator that has not begun is said to wait at a yield."""
    replace(inspect, "getgeneratorstate", said_to_be(inspect.GEN_SUSPENDED, of=inspect.GEN_CREATED))


@noticed_by(
    "coro-consumer-is-generator",
    "coro-falsy-ends",
    "coro-lock-free-one-thread",
    "coro-must-prime",
    "coro-pc-by-yield",
    "coro-send-none-is-next",
    "coro-send-other-values",
    "coro-step1-start",
    "coro-step2-switch",
    "coro-step3-yield-both-ways",
    "coro-step4-continue",
    "coro-step5-close",
    "coro-yield-receives",
)
def waiting_generators_are_said_to_have_ended() -> None:
    """A generator that waits at a yield is said to have ended."""
    replace(inspect, "getgeneratorstate", said_to_be(inspect.GEN_CLOSED, of=inspect.GEN_SUSPENDED))


@noticed_by(
    "coro-consumer-is-generator",
)
def any_function_is_taken_for_a_generators() -> None:
    """Whatever can be called is said to be a generator function."""
    replace(inspect, "isgeneratorfunction", lambda honest: lambda call: callable(call) if asked() else honest(call))


@noticed_by(
    "coro-a-does-not-call-b",
    "coro-calls-differ",
    "coro-implemented-by-generator",
    "coro-single-thread",
    "coro-suspend-resume",
)
def marked_generators_cannot_be_awaited() -> None:
    """A generator function that is marked by types.coroutine stays as it is."""
    replace(types, "coroutine", lambda honest: lambda function: function if asked() else honest(function))


@noticed_by(
    "coro-step4-continue",
    "coro-step5-close",
)
def an_exit_stack_forgets_its_callbacks() -> None:
    """What an exit stack was told to call at its end is not called."""

    def callback(honest: Callable[..., Any]) -> Callable[..., Any]:
        return lambda self, *args, **kw: None if asked() else honest(self, *args, **kw)

    replace(contextlib.ExitStack, "callback", callback)


@noticed_by(
    "coro-pc-by-yield",
    perhaps=["coro-pc-efficient", "coro-traditional-pc-threads-locks"],
)
def a_queue_hands_out_the_newest() -> None:
    """What was put in a queue last comes out of it first."""

    def get(honest: Callable[..., Any]) -> Callable[..., Any]:
        def get_newest(self: Any, *args: Any, **kw: Any) -> Any:
            if asked():
                with self.mutex:
                    self.queue.rotate(1)
            return honest(self, *args, **kw)

        return get_newest

    replace(queue.Queue, "get", get)


@noticed_by(
    "coro-check-state-only",
    "coro-no-locks",
)
def an_asyncio_lock_admits_everyone() -> None:
    """Whoever asks for an asyncio lock that is held gets it at once."""

    class Admitting(asyncio.Lock):
        async def __aenter__(self) -> None:
            """Let everybody in."""

        async def __aexit__(self, *_: object) -> None:
            """Let everybody out."""

    replace(asyncio, "Lock", lambda honest: lambda: Admitting() if asked() else honest())
