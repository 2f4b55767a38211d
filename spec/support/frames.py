"""What every thread of this process is doing now."""

from __future__ import annotations

import gc
import sys
import threading
import traceback
from types import FrameType


def current_frames() -> dict[int, FrameType]:
    """Return the frame of every thread, by its identifier.

    No garbage is collected meanwhile: before CPython 3.11.9 that hangs for good where it finds a `threading.local`
    (https://github.com/python/cpython/issues/106883).
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return sys._current_frames()  # noqa: SLF001 - the documented way
    finally:
        if collecting:
            gc.enable()


def stacks() -> str:
    """Write down the stack of every thread, under its name."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    return "\n".join(
        f"-- {names.get(ident, ident)}\n{''.join(traceback.format_stack(frame, limit=12))}"
        for ident, frame in current_frames().items()
    )
