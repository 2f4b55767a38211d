"""Three threads that do the same thing at once, each under its own name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import Any

from spec.threads.together import together

NAMES = ["thread 1", "thread 2", "thread 3"]


def in_threads(function: Callable[[str, Barrier], Any]) -> list[Any]:
    """Call the function in three threads with the thread's name and a barrier for all; return the values."""
    barrier = Barrier(len(NAMES))
    with together(*(partial(function, name, barrier) for name in NAMES), names=NAMES) as running:
        return [each.value() for each in running]
