"""A failing schedule as a table for a reader: who took which step, in which line, with which value."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from concurrency_lib.interleavings.results import Failure


class Shown(NamedTuple):
    """One step: thread, file:line with its source, and the operation with the value read or written.

    The file is named without its folder.
    """

    thread: str
    where: str
    source: str
    operation: str


def shown(failure: Failure) -> tuple[Shown, ...]:
    """Return the steps of the failure, in their order."""
    return tuple(
        Shown(
            step.thread,
            Path(step.where).name,
            step.source,
            f"{step.operation}: {step.value}" if step.value else step.operation,
        )
        for step in failure.steps
    )
