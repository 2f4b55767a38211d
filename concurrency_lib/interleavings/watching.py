"""Which steps the explored threads are about to take: what both backends ask at every instruction."""

from __future__ import annotations

import os
import sys
import threading
from _thread import get_ident
from typing import TYPE_CHECKING, Any

from concurrency_lib.interleavings.operations import EVERYTHING, Operation
from concurrency_lib.interleavings.results import Schedule, Uncontrolled
from concurrency_lib.interleavings.sources import instructions_of
from concurrency_lib.interleavings.table import Site, Table, written_names

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import CodeType, FrameType

    from concurrency_lib.interleavings.peeking import Loaded
    from concurrency_lib.interleavings.results import Granularity
    from concurrency_lib.interleavings.runs import Run

PADDING = ("CACHE", "EXTENDED_ARG", "PRECALL", "KW_NAMES")
HERE = os.path.dirname(__file__)  # noqa: PTH120
STARTERS = {threading.Thread.start.__code__}


ALWAYS_ASSUMED = (
    "a step is an operation of the interpreter: what C code does in one call is not divided",
    "sequential consistency: each worker sees what was written before it, in one order",
)


class Everything:
    """Contains every name."""

    def __contains__(self, name: object) -> bool:
        return True


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


class Watch:
    """The tables of one exploration, and what they have taught: which names are written at all."""

    def __init__(self, granularity: Granularity, shared: Collection[str] | None, written: set[str]) -> None:
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
            caller = sys._getframe(3)  # noqa: SLF001
            worker.run.stop(
                Uncontrolled(
                    f"worker {worker.index} starts a thread at {place_of(caller)}; "
                    "hand each thread in as a worker instead"
                )
            )
        if self.grown:
            worker.run.stop(Grown())

    def visit(self, worker: Explored, table: Table, offset: int, frame: FrameType) -> bool:
        """Stop the worker before what others may notice; tell whether there never is any, at this offset."""
        entry = table.entries.get(offset)
        if entry is None:
            return True
        if isinstance(entry, Site):
            if entry.is_private(frame, worker.loaded):
                worker.loaded.pop((id(frame), offset), None)
                return False
            worker.run.point(worker.index, entry.operation)
        else:
            worker.run.point(worker.index, entry)
        if offset in table.loads:
            table.keep(offset, frame, worker.loaded)
        return False

    def schedule(self, turns: tuple[int, ...]) -> Schedule:
        """Return the schedule with all that it takes to make the same run again."""
        shared = None if self._shared is None else tuple(sorted(self._shared))
        return Schedule(turns, self.granularity, shared, tuple(sorted(self.written)))

    def assumptions(self) -> tuple[str, ...]:
        """Return what was assumed of the program."""
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


def callers_frame() -> FrameType:
    """Return the innermost frame that is not the explorer's."""
    frame = sys._getframe(1)  # noqa: SLF001
    while frame.f_code.co_filename.startswith(HERE) and frame.f_back:
        frame = frame.f_back
    return frame


def place_of(frame: FrameType) -> str:
    """Return file:line."""
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


class Grown(Exception):  # noqa: N818
    """The exploration begins again, knowing more."""


class EveryInstruction(Table):
    """Every instruction is a step, and none may be swapped with another's."""

    def __init__(self, code: CodeType) -> None:
        super().__init__(code, (), ())
        self.loads = {}
        lines = dict(line_of(code))
        before = ""
        for instruction in instructions_of(code):
            where = f"{code.co_filename}:{lines.get(instruction.offset)}"
            step = Operation(instruction.opname, EVERYTHING, writes=True, where=where)
            self.entries[instruction.offset] = step if self.is_step(instruction.opname, before) else None
            before = before if instruction.opname in PADDING else instruction.opname

    def is_step(self, name: str, before: str) -> bool:  # noqa: ARG002
        """Tell whether a step begins at the instruction: at each does one but at padding."""
        return name not in PADDING


class PollPoints(EveryInstruction):
    """Only where the running version, built with a GIL, looks whether it has to hand the GIL on.

    From CPython 3.10 on that is where a function is entered, where a loop goes back, and when a call
    has come back.
    """

    def is_step(self, name: str, before: str) -> bool:
        """Tell whether the GIL may change hands just before the instruction."""
        return name.startswith(("RESUME", "JUMP_BACKWARD", "JUMP_ABSOLUTE")) or before.startswith("CALL")


def line_of(code: CodeType) -> Any:
    """Yield each offset with its line."""
    for start, end, line in code.co_lines():
        for offset in range(start, end):
            yield offset, line
