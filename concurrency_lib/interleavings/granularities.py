"""The tables of the granularities that ask nobody what an instruction does.

A CPython with a GIL does not hand it on between any two instructions. A thread that wants the GIL asks for it, and
the thread that has it looks for such requests ("polls") at these places alone, since 3.10:

- where a Python function is entered, or a generator goes on (`RESUME`);
- where a loop goes back (`JUMP_BACKWARD`; on 3.11 conditional jumps backward too);
- where a call of C code has come back (`CALL…`), though not of every function: calls that the interpreter has
  specialised may leave it out. So the places are the most that there are.

Between the read and the write of `x = x + 1` there is none, if the addition itself calls no Python code. This is how
the versions known so far do it, and nothing that the language promises. C code that waits hands the GIL on as well.
It is taken to do so just after the call; what waits without being called by a `CALL…` instruction is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from concurrency_lib.interleavings.operations import EVERYTHING, Operation
from concurrency_lib.interleavings.sources import instructions_of
from concurrency_lib.interleavings.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

PADDING = ("CACHE", "EXTENDED_ARG", "PRECALL", "KW_NAMES")


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

    def is_step(self, name: str, before: str) -> bool:  # noqa: ARG002 - granularities differ in what they look at
        """Tell whether a step begins at the instruction: at each does one but at padding."""
        return name not in PADDING


class PollPoints(EveryInstruction):
    """Only where the running version, built with a GIL, looks whether it has to hand the GIL on.

    From CPython 3.10 on that is where a function is entered, where a loop goes back, and when a call
    has come back. A switch inside a call, by C code that lets go of the GIL, is told as one after it.
    """

    def is_step(self, name: str, before: str) -> bool:
        """Tell whether the GIL may change hands just before the instruction."""
        goes_back = name.startswith(("JUMP_BACKWARD", "POP_JUMP_BACKWARD")) and "NO_INTERRUPT" not in name
        return goes_back or before.startswith(("RESUME", "CALL"))  # `RESUME` itself is not heard of everywhere


def line_of(code: CodeType) -> Iterator[tuple[int, int | None]]:
    """Yield each offset with its line."""
    for start, end, line in code.co_lines():
        for offset in range(start, end):
            yield offset, line
