"""Garbage collections that take next to no time, because what modules brought along is left out of them."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress

NOW_AND_THEN = 100  # items

_spared = 0  # modules that were there when all was last spared
_items = 0


def spare_what_is_there() -> None:
    """Let what is there by now, and is no garbage, out of all later collections."""
    global _spared  # noqa: PLW0603 - one collector for the whole process is the point
    gc.collect()
    _spared = len(sys.modules)
    with suppress(AttributeError):  # PyPy knows no such thing
        gc.freeze()


def collect() -> None:
    """Collect garbage; where modules have come since the last time, spare them first: aiohttp alone costs 15 ms."""
    if len(sys.modules) > _spared:
        spare_what_is_there()
    else:
        gc.collect()


def spare_now_and_then() -> None:
    """Spare what is there before every hundredth item: reports are kept, and each collection looks through them all."""
    global _items  # noqa: PLW0603 - as above
    _items += 1
    if _items % NOW_AND_THEN == 0 and hasattr(gc, "freeze"):
        spare_what_is_there()
