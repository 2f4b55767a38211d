"""What the interpreter tells of calls: which function was entered and left when, and who stands on whose call."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from spec.support.evidence import Evidence
from spec.threads.together import together

Entries = list[tuple[str, str]]


def entries_of(function: Callable[..., object], *args: Any, among: set[str]) -> Entries:
    """Call the function; return which of the named functions were entered and left, in their order.

    Where a generator goes on it is entered again, and where it yields it is left. The call is made in a thread of its
    own, so that whoever profiles this one is not disturbed.
    """
    told: Entries = []

    def hear(frame: FrameType, event: str, _: object) -> None:
        if event in ("call", "return") and frame.f_code.co_name in among:
            told.append(("enters" if event == "call" else "leaves", frame.f_code.co_name))

    def call() -> None:
        sys.setprofile(hear)
        try:
            function(*args)
        finally:
            sys.setprofile(None)

    with together(call) as (thread,):
        thread.value()
    return told


def show_entries(evidence: Evidence, title: str, entries: Entries) -> None:
    """Show them as lines, indented as deep as they are."""
    lines, depth = [], 0
    for did, name in entries:
        depth -= did == "leaves"
        lines.append("    " * depth + f"{did} {name}")
        depth += did == "enters"
    evidence.transcript(title, "what the interpreter tells a profiler", "\n".join(lines), "")


def callers() -> list[str]:
    """Return the names of the functions on whose call the caller stands, itself first, within its own module."""
    return [frame.f_code.co_name for frame in frames_of(sys._getframe(1))]  # noqa: SLF001 - the only way to it


def frames_of(frame: FrameType | None) -> Iterator[FrameType]:
    """Yield the frame, its caller's and so on, as long as they belong to one file."""
    file = frame.f_code.co_filename if frame else ""
    while frame and frame.f_code.co_filename == file:
        yield frame
        frame = frame.f_back


def tell_the_frame_below() -> Iterator[FrameType | None]:
    """Stop once, and yield then the frame of whoever resumes it."""
    yield None
    yield sys._getframe().f_back  # noqa: SLF001 - the only way to it
