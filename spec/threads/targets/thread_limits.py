"""Processes that are allowed a few threads only: by the room for their stacks."""

from __future__ import annotations

import resource
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spec.support.sabotage import Patch

STACK = 256 << 20  # bytes; so large that what else is allocated meanwhile does not matter


def allow_threads(count: int) -> None:
    """Leave room for the stacks of so many threads more, for the rest of this process."""
    threading.stack_size(STACK)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    limit = size + count * STACK + STACK // 2
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def start(thread: threading.Thread) -> None:
    """Start a thread."""
    thread.start()


def start_until_refused(most: int) -> tuple[int, str]:
    """Start threads that stay, until the platform refuses; return how many there are, and what is raised then."""
    may_end = threading.Event()
    started = 0
    allow_threads(2)
    try:
        for _ in range(most):
            start(threading.Thread(target=may_end.wait))
            started += 1
    except RuntimeError as error:
        return started, type(error).__name__
    finally:
        may_end.set()
    return started, "nothing"


def starting_that_tells_nothing(patch: Patch) -> None:
    """Have a refused thread pass for a started one."""

    def start_if_possible(thread: threading.Thread) -> None:
        with suppress(RuntimeError):
            thread.start()

    patch.setattr(sys.modules[__name__], "start", start_if_possible)
