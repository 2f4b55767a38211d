"""Sabotage of selectors and event loops, carried into the clean room."""

from __future__ import annotations

import asyncio
import selectors
from typing import Any

from spec.choosing.targets import serving_ready
from spec.support.sabotage import Patch


def always_ready(patch: Patch) -> None:
    """Say of everything that it is ready."""
    patch.setattr(serving_ready, "ready_in", lambda watch: len(watch.get_map()))


def own_selector(patch: Patch) -> None:
    """Have asyncio's loop wait with a selector of another kind."""

    class Own(selectors.SelectSelector):
        """Of another name."""

    patch.setattr(serving_ready.asyncio, "new_event_loop", lambda: asyncio.SelectorEventLoop(Own()))


def watch_files_with_select(patch: Patch) -> None:
    """Take the selector that any descriptor will do for."""
    patch.setattr(selectors, "EpollSelector", selectors.SelectSelector)


def loop_without_readers(patch: Patch) -> None:
    """Make a loop that has ended before anything can be read."""

    def new_event_loop() -> Any:
        loop = asyncio.SelectorEventLoop()
        loop.call_soon(loop.stop)
        return loop

    patch.setattr(serving_ready.asyncio, "new_event_loop", new_event_loop)
