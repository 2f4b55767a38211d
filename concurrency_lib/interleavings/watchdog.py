"""The end of a run, waited for by the thread that explores; and what there is to say when it does not come.

A worker may compute as long as it likes between two steps: then the place at which it is keeps changing. If it
stays in one place for the whole patience it waits there for something that no scheduler here can give it.
"""

from __future__ import annotations

import linecache
import sys
import time
from typing import TYPE_CHECKING

from concurrency_lib.interleavings.explored import HERE
from concurrency_lib.interleavings.results import Uncontrolled

if TYPE_CHECKING:
    from types import FrameType

    from concurrency_lib.interleavings.crew import Crew
    from concurrency_lib.interleavings.runs import Run

PATIENCE = 0.2  # seconds between two looks
LOOKS = 4  # so many in a row must show the same
LONGEST_STEP = 10.0  # seconds that a worker may compute before its next step


def wait_for_end(run: Run, crew: Crew) -> None:
    """Return when the run is over; raise Uncontrolled if a worker blocks outside the explorer's control."""
    last, looks = None, 0
    step, since = (0, 0), time.monotonic()
    while not crew.home.acquire(timeout=PATIENCE):
        seen = place(run, crew)
        looks = looks + 1 if seen == last and not at_a_gate(run, crew) else 0
        last = seen
        if (run.steps, run.turn) != step:
            step, since = (run.steps, run.turn or 0), time.monotonic()
        too_long = time.monotonic() - since > LONGEST_STEP
        if looks == LOOKS - 1 or too_long:
            run.over = run.abandoned = True
            raise Uncontrolled(complaint(run, crew, "computes" if too_long else "blocks"))


def place(run: Run, crew: Crew) -> object:
    """Return where the worker whose turn it is stands; another worker, or another step, is another place."""
    frame = frame_of(run, crew)
    return run.steps, run.turn, frame and (frame.f_code, frame.f_lasti)


def at_a_gate(run: Run, crew: Crew) -> bool:
    """Tell whether the worker whose turn it was has handed it on, and the next has not been awoken yet."""
    frame = frame_of(run, crew)
    return frame is not None and frame.f_code.co_filename.startswith(HERE)


def frame_of(run: Run, crew: Crew) -> FrameType | None:
    """Return the innermost frame of the program's own code in the worker whose turn it is."""
    ident = crew.threads[run.turn or 0].ident
    return sys._current_frames().get(ident or 0)  # noqa: SLF001 - there is no other way to another thread's frame


def complaint(run: Run, crew: Crew, does: str) -> str:
    """Return the sentence that names the worker, the place and the call."""
    frame = frame_of(run, crew)
    where, call = "an unknown place", ""
    if frame is not None:
        where = f"{frame.f_code.co_filename}:{frame.f_lineno}"
        call = linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()
    return (
        f"worker {run.turn} {does} at {where} ({call}) outside the explorer's control, "
        "and its thread was abandoned; "
        "hand in the primitives of concurrency_lib.interleavings, or have the standard ones swapped"
    )
