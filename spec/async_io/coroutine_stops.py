"""What a coroutine awaits, with and without a stop, and who cancels it, with and without delay."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from spec.async_io.coroutine_lines import NUMBERS, Task


async def note_line(log: list[str], line: str) -> None:
    """Note a line, and wait for nothing."""
    log.append(line)


async def note_line_and_stop(log: list[str], line: str) -> None:
    """Note a line, and let others run."""
    log.append(line)
    await asyncio.sleep(0)


def task_that_awaits(noted: Callable[[list[str], str], Coroutine[Any, Any, None]]) -> Task:
    """Make a coroutine function that awaits another for each of the numbers."""

    async def by_awaits(log: list[str]) -> None:
        for line in NUMBERS:
            await noted(log, line)

    return by_awaits


def cancel_this_task() -> None:
    """Ask that the task that runs be cancelled."""
    task = asyncio.current_task()
    assert task
    task.cancel()


def stop_this_task() -> None:
    """Stop the task that runs on the spot."""
    raise asyncio.CancelledError
