"""Where the values on the stack come from: what each instruction of a code object finds there.

A trace function sees the frame but not its stack, so it cannot see what is being called or added. This follows
the instructions instead, with the effects that `dis.stack_effect` knows for the running version. An instruction
that is not known here makes every slot unknown (None), and an unknown operand makes an operation visible: that
costs schedules only.
"""

from __future__ import annotations

import dis
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from concurrency_lib.interleavings.effects import Source, Stack, stack_after

if TYPE_CHECKING:
    from types import CodeType


JUMPS = frozenset((*dis.hasjrel, *dis.hasjabs))


def instructions_of(code: CodeType) -> list[dis.Instruction]:
    """Return the instructions, with the names of cells put right, which PyPy's `dis` gets wrong."""
    found = list(dis.get_instructions(code))
    if sys.implementation.name != "pypy":
        return found
    cells = code.co_cellvars + code.co_freevars
    return [i._replace(argval=cells[i.arg or 0]) if i.opcode in dis.hasfree else i for i in found]


def stacks(code: CodeType) -> tuple[dict[int, Stack], dict[int, Source]]:
    """Return by offset the stack that an instruction finds, bottom first, and what it leaves on top."""
    instructions = instructions_of(code)
    by_offset = {i.offset: i for i in instructions}
    following = {one.offset: other for one, other in pairwise(instructions)}
    before = {other.offset: one for one, other in pairwise(instructions)}
    found, left = dict[int, Stack](), dict[int, Source]()
    todo: list[tuple[int, Stack]] = [(instructions[0].offset, ())]
    handlers: Any = getattr(dis.Bytecode(code), "exception_entries", ())
    while todo:
        offset, stack = todo.pop()
        merged = _merged(found.get(offset), stack)
        if merged == found.get(offset) or offset not in by_offset:
            continue
        found[offset] = merged
        todo += [(h.target, merged[: h.depth] + (None,) * (h.lasti + 1)) for h in handlers if covers(h, offset, merged)]
        instruction = by_offset[offset]
        if instruction.opcode in JUMPS:
            todo.append((instruction.argval, stack_after(instruction, merged, before.get(offset), jump=True)))
        if offset in following and not _never_falls_through(instruction.opname):
            after = stack_after(instruction, merged, before.get(offset), jump=False)
            left[offset] = after[-1] if after else None
            todo.append((following[offset].offset, after))
    return found, left


def covers(handler: Any, offset: int, stack: Stack) -> bool:
    """Tell whether an exception raised at the offset, with this stack, goes to the handler."""
    return bool(handler.start <= offset < handler.end and len(stack) >= handler.depth)


def _merged(known: Stack | None, stack: Stack) -> Stack:
    if known is None:
        return stack
    if len(known) != len(stack):  # not understood: nothing is claimed of either
        return (None,) * max(len(known), len(stack))
    return tuple(
        one if one == other and type(one) is type(other) else None for one, other in zip(known, stack, strict=True)
    )


def _never_falls_through(name: str) -> bool:
    return name.startswith(("RETURN_VALUE", "RETURN_CONST", "RERAISE", "RAISE_")) or (
        name.startswith("JUMP_") and "_IF_" not in name
    )
