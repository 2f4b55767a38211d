"""Generators, coroutines and tasks that note in which thread they run, and ways to get that wrong."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator
from functools import partial
from typing import Any

from spec.async_io.coroutine_driving import go_on, pause
from spec.support.deadlines import deadline
from spec.threads.together import together


async def note_in_executor(seen: set[int]) -> None:
    """Note a thread of the loop's executor."""
    seen.add(await asyncio.to_thread(threading.get_ident))


async def note_main_thread(seen: set[int]) -> None:
    """Note the main thread, wherever this runs."""
    main = threading.main_thread().ident
    assert main is not None
    seen.add(main)


def noting_generator(seen: list[int]) -> Generator[None, None, None]:
    """Note the thread at each step."""
    while True:
        seen.append(threading.get_ident())
        yield


async def noting_coroutine(seen: list[int]) -> None:
    """Note the thread at two steps."""
    seen.append(threading.get_ident())
    await pause()
    seen.append(threading.get_ident())


def resume_in_another_thread(driven: Any) -> int:
    """Let it go on in another thread; return that thread's identifier."""
    with together(partial(go_on, driven)) as (thread,):
        return thread.ident


def resume_here_in_its_stead(driven: Any) -> int:
    """Let it go on in this thread, and something else in another; return that thread's identifier."""
    go_on(driven)
    return resume_in_another_thread(noting_generator([]))


def halting(is_inside: threading.Event, may_go_on: threading.Event) -> Generator[None, Any, None]:
    """Halt in the midst of a step."""
    is_inside.set()
    may_go_on.wait(deadline())
    yield


class HaltingOnce:
    """Halts in the first step, whoever makes it; the second is another's, which halts nowhere."""

    def __init__(self, *events: threading.Event) -> None:
        self._waiting: list[Generator[None, Any, None]] = [halting(*events), (None for _ in range(1))]

    def send(self, value: Any) -> None:
        """Let the next of the two go on."""
        return self._waiting.pop(0).send(value)
