"""How saboteurs break what a team of processes makes of deaths."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from typing import Any

from concurrency_lib._workers_processes import ProcessHands
from spec.support.sabotage import Patch


def death_that_ends_the_task(patch: Patch) -> None:
    """Begin no task a second time."""
    original = ProcessHands.__init__
    patch.setattr(ProcessHands, "__init__", lambda hands, number, _, context: original(hands, number, 1, context))


def worker_that_is_not_looked_at(patch: Patch) -> None:
    """Give a task to any worker that was idle, whatever became of it."""
    patch.setattr(ProcessHands, "_idle_worker", lambda hands: hands._idle.pop() if hands._idle else None)  # noqa: SLF001


def workers_left_alone(patch: Patch) -> None:
    """Leave the workers that are at a task to themselves."""

    def leave(hands: Any) -> None:
        hands._jobs.clear()  # noqa: SLF001
        hands._processes.clear()  # noqa: SLF001

    patch.setattr(ProcessHands, "drop", leave)


def workers_that_heed_interrupts(patch: Patch) -> None:
    """Let an interrupt reach the workers."""
    library = sys.modules[ProcessHands.__module__]
    patch.setattr(library, "serve", library.work)  # type: ignore[attr-defined]


def workers_that_wait_for_ever(patch: Patch) -> None:
    """Have a worker sleep on when it has nothing to do any more."""
    library = sys.modules[ProcessHands.__module__]

    def serve_and_stay(pipe: Any) -> None:
        with suppress(OSError):
            library.work(pipe)  # type: ignore[attr-defined]
        time.sleep(60)  # the clean room ends it

    patch.setattr(library, "serve", serve_and_stay)
