"""Which steps the explored threads are about to take: what both backends ask at every instruction."""

from __future__ import annotations

import sys
from _thread import get_ident
from typing import TYPE_CHECKING

from concurrency_lib.interleavings.explored import EXPLORED, HERE
from concurrency_lib.interleavings.granularities import EveryInstruction, PollPoints
from concurrency_lib.interleavings.names import written_names
from concurrency_lib.interleavings.results import ExplorationError, Schedule
from concurrency_lib.interleavings.starting import STARTERS, refuse_thread
from concurrency_lib.interleavings.table import Site, Table

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import CodeType, FrameType

    from concurrency_lib.interleavings.explored import Explored
    from concurrency_lib.interleavings.results import Granularity

ALWAYS_ASSUMED = (
    "notify(n) wakes n waiters, any of them and none besides; a wait ends in no other way",
    "no garbage collection falls into a run: what it finalises is finalised between two runs",
    "a step is an operation of the interpreter: what C code does in one call is not divided",
    "sequential consistency: each worker sees what was written before it, in one order",
)


class Everything:
    """Contains every name."""

    def __contains__(self, name: object) -> bool:
        return True


class Watch:
    """The tables of one exploration, and what they have taught: which names are written at all."""

    def __init__(self, granularity: Granularity, shared: Collection[str] | None, written: set[str]) -> None:
        if granularity == "polls" and sys.implementation.name != "cpython":
            raise ExplorationError("poll points are known of CPython alone")
        self.tables: dict[int, Table] = {}
        self.written = written
        self.grown = False  # a name was met that was thought to be constant: all that was concluded is void
        self.granularity = granularity
        self._shared = shared

    def table(self, code: CodeType) -> Table | None:
        """Return the table of a code object that a worker enters, or None if it is the explorer's own."""
        table = self.tables.get(id(code))
        if table is None and not code.co_filename.startswith(HERE):
            table = self.tables[id(code)] = self._make(code)
        return table

    def _make(self, code: CodeType) -> Table:
        if self.granularity == "opcode":
            return EveryInstruction(code)
        if self.granularity == "polls":
            return PollPoints(code)
        if self._shared is not None:
            return Table(code, self._shared, self._shared)
        new = written_names(code) - self.written
        if new:
            self.written |= new
            self.grown = True
        return Table(code, Everything() if "*" in self.written else self.written, None)

    def enter(self, code: CodeType) -> None:
        """Refuse code that starts threads; begin again where new code makes a conclusion void."""
        worker = EXPLORED[get_ident()]
        if code in STARTERS:
            refuse_thread(worker, sys._getframe(3))  # noqa: SLF001 - there is no other way to a caller's frame
        if self.grown:
            worker.run.stop(Grown())

    def visit(self, worker: Explored, table: Table, offset: int, frame: FrameType) -> None:
        """Stop the worker before what others may notice."""
        entry = table.entries.get(offset)
        if entry is None:
            return
        if isinstance(entry, Site):
            if entry.is_private(frame, worker.loaded):
                worker.loaded.pop((id(frame), offset), None)
                return
            worker.run.point(worker.index, entry.operation)
        else:
            worker.run.point(worker.index, entry)
        if offset in table.loads:
            table.keep(offset, frame, worker.loaded)

    def schedule(self, turns: tuple[int, ...]) -> Schedule:
        """Return the schedule with all that it takes to make the same run again."""
        shared = None if self._shared is None else tuple(sorted(self._shared))
        return Schedule(turns, self.granularity, shared, tuple(sorted(self.written)))

    def assumptions(self) -> tuple[str, ...]:
        """Return what was assumed of the program."""
        if self.granularity == "polls":
            return (*ALWAYS_ASSUMED, "the GIL changes hands at poll points and after calls, and nowhere else")
        if self.granularity != "shared":
            return ALWAYS_ASSUMED
        if self._shared is not None:
            return (
                *ALWAYS_ASSUMED,
                f"workers share only what they reach by these names: {', '.join(sorted(self._shared))}",
            )
        return (
            *ALWAYS_ASSUMED,
            "names are bound anew by statements of explored code, or setattr and the like, not by C code",
            "a call from C back into Python has done its own work on shared data before it calls",
        )


class Grown(Exception):
    """The exploration begins again, knowing more."""
