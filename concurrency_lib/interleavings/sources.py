"""Where the values on the stack come from: what each instruction of a code object finds there.

A trace function sees the frame but not its stack, so it cannot see what is being called or added. This
follows the
instructions instead, with the effects that `dis.stack_effect` knows for the running version. An instruction
that is not
known here makes every slot unknown (None), and an unknown operand makes an operation visible: that costs
schedules only.
"""

from __future__ import annotations

import dis
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import CodeType

Source = tuple[Any, ...] | None  # ("local", name), ("op", operands), … or unknown
Stack = tuple[Source, ...]

NULL: Source = ("null",)
TRUTH: Source = ("const", True)  # stands for any truth value, since only its type is asked for
MOVES = {"ROT_TWO": 2, "ROT_THREE": 3, "ROT_FOUR": 4}
KEEPS = (
    "RESUME",
    "NOP",
    "CACHE",
    "EXTENDED_ARG",
    "PRECALL",
    "KW_NAMES",
    "NOT_TAKEN",
    "MAKE_CELL",
    "COPY_FREE",
    "SETUP",
)
DROPS = ("POP_", "STORE_", "DELETE_", "RETURN_", "JUMP_", "END_FOR", "IMPORT_FROM")
REPLACES = (
    "PUSH_EXC_INFO",
    "WITH_EXCEPT_START",
    "CHECK_EXC",
    "LOAD_ASSERTION",
    "LOAD_COMMON",
    "LOAD_BUILD",
    "MAKE_FUNC",
)
OPERATORS = (
    "BINARY_",
    "INPLACE_",
    "COMPARE_",
    "UNARY_",
    "FORMAT_",
    "CONVERT_",
    "BUILD_TUPLE",
    "BUILD_STRING",
)


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
    following = dict(zip((i.offset for i in instructions), instructions[1:], strict=False))
    by_offset = {i.offset: i for i in instructions}
    before = dict(zip((i.offset for i in instructions[1:]), instructions, strict=False))
    found: dict[int, Stack] = {}
    left: dict[int, Source] = {}
    todo: list[tuple[int, Stack]] = [(instructions[0].offset, ())]
    handlers: Any = getattr(dis.Bytecode(code), "exception_entries", ())
    while todo:
        offset, stack = todo.pop()
        merged = _merged(found.get(offset), stack)
        if merged == found.get(offset) or offset not in by_offset:
            continue
        found[offset] = merged
        for handler in handlers:
            if handler.start <= offset < handler.end and len(merged) >= handler.depth:
                todo.append((handler.target, merged[: handler.depth] + (None,) * (handler.lasti + 1)))  # noqa: PERF401
        instruction = by_offset[offset]
        if instruction.opcode in dis.hasjrel or instruction.opcode in dis.hasjabs:
            todo.append((instruction.argval, _after(instruction, merged, before.get(offset), jump=True)))
        if offset in following and not _never_falls_through(instruction.opname):
            after = _after(instruction, merged, before.get(offset), jump=False)
            left[offset] = after[-1] if after else None
            todo.append((following[offset].offset, after))
    return found, left


def _merged(known: Stack | None, stack: Stack) -> Stack:
    if known is None:
        return stack
    if len(known) != len(stack):  # not understood: nothing is claimed of either
        return (None,) * max(len(known), len(stack))
    return tuple(
        one if one == other and type(one) is type(other) else None
        for one, other in zip(known, stack, strict=True)
    )


def _never_falls_through(name: str) -> bool:
    return name.startswith(("RETURN_VALUE", "RETURN_CONST", "RERAISE", "RAISE_")) or (
        name.startswith("JUMP_") and "_IF_" not in name
    )


def _after(
    instruction: dis.Instruction, stack: Stack, before: dis.Instruction | None, *, jump: bool
) -> Stack:
    """Return the stack that the instruction leaves."""
    effect = 0 if instruction.opname == "PRECALL" else _effect(instruction, jump=jump)
    if instruction.opname.startswith("CALL") and before is not None and before.opname == "PRECALL":
        effect += _effect(before, jump=False)
    depth = max(0, len(stack) + effect)
    known = _known(instruction, stack, effect)
    if known is None or len(known) != depth:
        return (None,) * depth
    return known


def _effect(instruction: dis.Instruction, *, jump: bool) -> int:
    argument = instruction.arg if instruction.opcode >= dis.HAVE_ARGUMENT else None
    return dis.stack_effect(instruction.opcode, argument, jump=jump)


def _known(instruction: dis.Instruction, stack: Stack, effect: int) -> Stack | None:  # noqa: C901, PLR0911, PLR0912
    """Return the stack after an instruction that is understood, or None."""
    if len(stack) + effect < 0 or (not stack and effect <= 0):
        return () if effect == 0 and instruction.opname.startswith(KEEPS) else None
    name, value, offset = instruction.opname, instruction.argval, instruction.offset
    kept = stack[: max(0, len(stack) + effect - 1)]  # if it pushes one
    if name.startswith(KEEPS):
        return stack
    if name.startswith(REPLACES):
        return (*stack[:-1], *[None] * (effect + 1))
    if name == "PUSH_NULL":
        return (*stack, NULL)
    if re.match(r"(LOAD|STORE|DELETE)_FAST", name):
        return _moved(name, value, stack)
    if name.startswith(("LOAD_CONST", "LOAD_SMALL_INT")):
        return (*stack, ("const", value))
    if name.startswith(("LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF", "LOAD_CLASSDEREF")):
        return (*stack, *[("name", value, offset)] * effect)
    if name.startswith(("LOAD_ATTR", "LOAD_METHOD", "LOAD_SPECIAL")):
        attribute = ("attr", stack[-1], value if isinstance(value, str) else instruction.argrepr, offset)
        return (*stack[:-1], attribute, *[NULL] * effect)
    if name.startswith("BINARY_SUBSCR") or (name == "BINARY_OP" and instruction.argrepr == "[]"):
        return (*kept, ("item", stack[-2], stack[-1], offset))
    if name.startswith(("IS_OP", "CONTAINS_OP", "UNARY_NOT", "TO_BOOL")):
        return (*kept, TRUTH)
    if name.startswith("CALL_INTRINSIC"):
        return None
    if name.startswith(("CALL", "BUILD_LIST", "BUILD_MAP", "BUILD_SET", "BUILD_SLICE")):
        return (*kept, called(stack[len(kept) :]) if name.startswith("CALL") else None)
    if name.startswith(OPERATORS):
        return (*kept, ("op", stack[len(kept) :]))
    if name.startswith(("COPY", "DUP_TOP")) and name != "DUP_TOP_TWO" and instruction.arg != 0:
        return (*stack, stack[-(instruction.arg or 1)])
    if name == "DUP_TOP_TWO":
        return (*stack, *stack[-2:])
    if name == "SWAP" and instruction.arg:
        place = -instruction.arg
        return (*stack[:place], stack[-1], *stack[place + 1 : -1], stack[place])
    if name in MOVES:
        return (*stack[: -MOVES[name]], stack[-1], *stack[-MOVES[name] : -1])
    if name == "GET_ITER":
        return (*stack[:-1], ("iter", stack[-1]))
    if name == "FOR_ITER" and effect == 1:
        return (*stack, ("element", stack[-1]))
    if name == "BEFORE_WITH":
        return (*stack[:-1], ("attr", stack[-1], "__exit__", offset), None)
    return stack[: len(stack) + effect] if name.startswith(DROPS) and effect <= 0 else None


def called(slots: Stack) -> Source:
    """Return the source of a call's result: what is called comes first, whatever padding lies beside it."""
    real = [slot for slot in slots if slot != NULL]
    if not real:
        return None
    return ("call", real[0], tuple(slot for slot in real[1:] if slot != real[0]))


def _moved(name: str, value: Any, stack: Stack) -> Stack:
    """Follow one instruction, or two in one, that move values between the stack and the local variables."""
    names = value if isinstance(value, tuple) else (value,)
    for action, local in zip(re.findall(r"LOAD|STORE|DELETE", name), names, strict=True):
        stack = stack[:-1] if action == "STORE" else stack
        if action == "LOAD":
            stack = (*stack, None if name.endswith("_CLEAR") else ("local", local))
        else:
            stack = tuple(None if _mentions(slot, local) else slot for slot in stack)
    return stack


def _mentions(source: Any, local: str) -> bool:
    """Tell whether the value was made from the local variable that is about to change."""
    if not isinstance(source, tuple):
        return False
    return source == ("local", local) or any(_mentions(part, local) for part in source)
