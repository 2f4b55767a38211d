"""What each instruction does to the stack, as far as that is known."""

from __future__ import annotations

import dis
import re
from typing import Any

Source = tuple[Any, ...] | None  # ("local", name), ("op", operands), … or unknown
Stack = tuple[Source, ...]

NULL: Source = ("null",)
TRUTH: Source = ("const", True)  # stands for any truth value, since only its type is asked for
# fmt: off
MOVES = {"ROT_TWO": 2, "ROT_THREE": 3, "ROT_FOUR": 4}
KEEPS = (
    "RESUME", "NOP", "CACHE", "EXTENDED_ARG", "PRECALL", "KW_NAMES", "NOT_TAKEN", "MAKE_CELL", "COPY_FREE",
    "SETUP",
)
DROPS = ("POP_", "STORE_", "DELETE_", "RETURN_", "JUMP_", "END_FOR", "IMPORT_FROM")
REPLACES = (
    "PUSH_EXC_INFO", "WITH_EXCEPT_START", "CHECK_EXC", "LOAD_ASSERTION", "LOAD_COMMON", "LOAD_BUILD",
    "MAKE_FUNC",
)
OPERATORS = (
    "BINARY_", "INPLACE_", "COMPARE_", "UNARY_", "FORMAT_", "CONVERT_", "BUILD_TUPLE", "BUILD_STRING",
)
# fmt: on


def stack_after(instruction: dis.Instruction, stack: Stack, before: dis.Instruction | None, *, jump: bool) -> Stack:
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


def _known(instruction: dis.Instruction, stack: Stack, effect: int) -> Stack | None:
    """Return the stack after an instruction that is understood, or None."""
    if len(stack) + effect < 0 or (not stack and effect <= 0):
        return () if effect == 0 and instruction.opname.startswith(KEEPS) else None
    name = instruction.opname
    if name.startswith(KEEPS):
        return stack
    for understands in (_pushed, _made, _rearranged):
        if (known := understands(instruction, stack, effect)) is not None:
            return known
    if name.startswith(REPLACES):
        return (*stack[:-1], *[None] * (effect + 1))
    return stack[: len(stack) + effect] if name.startswith(DROPS) and effect <= 0 else None


def _pushed(instruction: dis.Instruction, stack: Stack, effect: int) -> Stack | None:
    """Follow what loads a value from elsewhere."""
    name, value, offset = instruction.opname, instruction.argval, instruction.offset
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
    return None


def _made(instruction: dis.Instruction, stack: Stack, effect: int) -> Stack | None:
    """Follow what makes one value of those on the stack."""
    name, offset = instruction.opname, instruction.offset
    kept = stack[: max(0, len(stack) + effect - 1)]
    if name.startswith("BINARY_SUBSCR") or (name == "BINARY_OP" and instruction.argrepr == "[]"):
        return (*kept, ("item", stack[-2], stack[-1], offset))
    if name.startswith(("IS_OP", "CONTAINS_OP", "UNARY_NOT", "TO_BOOL")):
        return (*kept, TRUTH)
    if name.startswith("CALL") and not name.startswith("CALL_INTRINSIC"):
        return (*kept, called(stack[len(kept) :]))
    if name.startswith(("BUILD_LIST", "BUILD_MAP", "BUILD_SET", "BUILD_SLICE")):
        return (*kept, None)
    if name.startswith(OPERATORS):
        return (*kept, ("op", stack[len(kept) :]))
    return None


def _rearranged(instruction: dis.Instruction, stack: Stack, effect: int) -> Stack | None:  # noqa: PLR0911 - one a kind
    """Follow what copies or moves values on the stack, or turns the topmost into another."""
    name, top = instruction.opname, stack[-1] if stack else None
    if name == "DUP_TOP_TWO":
        return (*stack, *stack[-2:])
    if name.startswith(("COPY", "DUP_TOP")) and instruction.arg != 0:
        return (*stack, stack[-(instruction.arg or 1)])
    if name == "SWAP" and instruction.arg:
        place = -instruction.arg
        return (*stack[:place], top, *stack[place + 1 : -1], stack[place])
    if name in MOVES:
        return (*stack[: -MOVES[name]], top, *stack[-MOVES[name] : -1])
    if name == "GET_ITER":
        return (*stack[:-1], ("iter", top))
    if name == "FOR_ITER" and effect == 1:
        return (*stack, ("element", top))
    if name == "BEFORE_WITH":
        return (*stack[:-1], ("attr", top, "__exit__", instruction.offset), None)
    return None


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
