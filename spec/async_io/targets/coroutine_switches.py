"""Switches between generators, and how often the kernel had to switch threads for them."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator

from spec.choosing.targets.switch_hands import counted_here, since
from spec.support.sabotage import Patch

SWITCHES = 10_000


def switch_generators() -> tuple[int, int]:
    """Switch between two generators; return how often, and how often this thread waited meanwhile."""
    pair = turns(), turns()
    before = counted_here()
    for _ in range(SWITCHES // 2):
        for each in pair:
            next(each)
    return SWITCHES, since(before).voluntary


def turns() -> Generator[None, None, None]:
    """Give way again and again."""
    while True:
        yield


def turns_that_rest(patch: Patch) -> None:
    """Have the kernel put the thread to sleep at every turn."""

    def turns() -> Generator[None, None, None]:
        while True:
            time.sleep(0.0001)
            yield

    here = sys.modules[__name__]
    patch.setattr(here, "SWITCHES", 100)
    patch.setattr(here, "turns", turns)
