"""Which threads are workers in a run, and where they are."""

from __future__ import annotations

import os
import sys
from _thread import get_ident
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

    from concurrency_lib.interleavings.peeking import Loaded
    from concurrency_lib.interleavings.runs import Run

HERE = os.path.dirname(__file__)  # noqa: PTH120 - compared with the file names of code, which are text


class Explored:
    """A worker in its run, found by the thread that it is."""

    __slots__ = ("aside", "index", "loaded", "run")

    def __init__(self, run: Run, index: int) -> None:
        self.run = run
        self.index = index
        self.loaded: Loaded = {}
        self.aside = False  # in the explorer's own affairs, which nobody explores


EXPLORED: dict[int, Explored] = {}  # by thread identifier; what is not in here is left alone


def explored() -> Explored | None:
    """Return the worker that the calling thread is, or None."""
    return EXPLORED.get(get_ident())


def callers_frame() -> FrameType:
    """Return the innermost frame that is not the explorer's."""
    frame = sys._getframe(1)  # noqa: SLF001 - there is no other way to a caller's frame
    while frame.f_code.co_filename.startswith(HERE) and frame.f_back:
        frame = frame.f_back
    return frame


def place_of(frame: FrameType) -> str:
    """Return file:line."""
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"
