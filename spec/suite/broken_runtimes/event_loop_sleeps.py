"""Runtimes whose sleeping coroutines break one promise each."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by

BLOCKED_AT_MOST = 0.02  # seconds of ours: hours of a loop's are not to be sat out


@noticed_by(
    "asyncio-sample19-output", "asyncio-sleep-not-blocking", "asyncio-sleep-returns-none", "asyncio-sleep-as-io",
    "asyncio-wrap-two-tasks", "asyncio-sample20-output", "asyncio-ops-via-yield-from", "asyncio-group-of-tasks",
)  # fmt: skip
def sleep_blocks_the_thread() -> None:
    """A coroutine that sleeps keeps its thread until the sleep is over."""

    async def sleep(delay: float, result: Any = None) -> Any:
        if delay <= 0:
            return await honest(delay, result)
        loop = asyncio.get_running_loop()
        getattr(loop, "block", lambda seconds: time.sleep(min(seconds, BLOCKED_AT_MOST)))(delay)
        return result

    honest, asyncio.sleep = asyncio.sleep, sleep


@noticed_by(
    "asyncio-sample19-output", "asyncio-decorator-marks", "asyncio-sleep-is-coroutine", "asyncio-sleep-not-blocking",
    "asyncio-sleep-returns-none", "asyncio-sleep-as-io", "asyncio-wrap-two-tasks", "asyncio-sample20-output",
    "asyncio-ops-via-yield-from", "asyncio-group-of-tasks",
)  # fmt: skip
def a_sleep_is_over_at_once() -> None:
    """A coroutine that sleeps goes on in the next round of the loop."""

    async def sleep(delay: float, result: Any = None) -> Any:
        return await honest(min(delay, 0), result)

    honest, asyncio.sleep = asyncio.sleep, sleep


@noticed_by(
    "asyncio-decorator-marks", "asyncio-sleep-returns-none", "asyncio-ops-via-yield-from", "asyncio-group-of-tasks",
)  # fmt: skip
def a_sleep_has_no_value() -> None:
    """A sleep hands back None, whatever value it was given."""

    async def sleep(delay: float, result: Any = None) -> Any:
        return await honest(delay)

    honest, asyncio.sleep = asyncio.sleep, sleep
