"""What each instruction means to the explorer: nothing, an operation, or what its operands decide.

No table of any version's instructions: names begin alike in all of them (`LOAD_FAST…`, `STORE_…`), and an
instruction
that is not known is an operation that conflicts with everything. That costs schedules, never soundness.
"""

from __future__ import annotations

import dis
from contextlib import suppress
from types import CodeType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from concurrency_lib.interleavings import peeking
from concurrency_lib.interleavings.operations import ANY_ITEM, EVERYTHING, Operation, item_key
from concurrency_lib.interleavings.sources import instructions_of, stacks

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable
    from types import FrameType

    from concurrency_lib.interleavings.peeking import Loaded
    from concurrency_lib.interleavings.sources import Source, Stack

PRIVATE = [
    "RESUME",
    "NOP",
    "CACHE",
    "EXTENDED_ARG",
    "POP_TOP",
    "POP_ITER",
    "POP_BLOCK",
    "POP_EXCEPT",
    "PUSH_",
    "COPY",
    "SWAP",
    "ROT_",
    "DUP_",
    "PRECALL",
    "KW_NAMES",
    "MAKE_",
    "LOAD_CLOSURE",
    "LOAD_CONST",
    "LOAD_COMMON",
    "LOAD_SMALL",
    "LOAD_FAST",
    "STORE_FAST",
    "DELETE_FAST",
    "LOAD_ASSERTION",
    "LOAD_BUILD",
    "JUMP_FORWARD",
    "JUMP_BACKWARD",
    "JUMP_ABSOLUTE",
    "JUMP_NO",
    "RETURN_",
    "YIELD_",
    "END_",
    "RERAISE",
    "RAISE_",
    "CHECK_EXC",
    "SETUP_",
    "NOT_TAKEN",
    "BUILD_TUPLE",
    "BUILD_LIST",
    "BUILD_STRING",
    "BUILD_SLICE",
    "BUILD_MAP",
    "BUILD_CONST",
    "LIST_APPEND",
    "SET_ADD",
    "MAP_ADD",
    "IS_OP",
    "GEN_START",
    "SET_FUNCTION_ATTRIBUTE",
    "POP_JUMP_IF_NONE",
    "POP_JUMP_IF_NOT_NONE",
    "POP_JUMP_FORWARD_IF_NO",
    "POP_JUMP_BACKWARD_IF_NO",
]
NAMES = ("_GLOBAL", "_NAME", "_DEREF", "_CLASSDEREF", "_FROM_DICT_OR_DEREF", "_FROM_DICT_OR_GLOBALS")
OPERATORS = ("BINARY_", "INPLACE_", "COMPARE_", "UNARY_", "FORMAT_", "CONVERT_", "CONTAINS_")
REBINDERS = frozenset(
    {"setattr", "delattr", "exec", "eval", "globals", "locals", "vars", "__dict__", "__setattr__"}
)


class Site:
    """An instruction that is an operation unless its operands, peeked at just before it, say otherwise."""

    __slots__ = ("is_private", "operation")

    def __init__(self, operation: Operation, is_private: Callable[[FrameType, Loaded], bool]) -> None:
        self.operation = operation
        self.is_private = is_private


Entry = Operation | Site | None


class Table:
    """A code object, its entries by offset, and how to look at what a visible load is about to load."""

    def __init__(self, code: CodeType, written: Container[str], shared: Container[str] | None) -> None:
        self.code = code  # kept alive: its address is the key of the tables
        self.entries: dict[int, Entry] = {}
        self.loads: dict[int, Source] = {}
        self.has_cells = bool(code.co_freevars or code.co_cellvars)
        self._written = written
        lines = {offset: line for start, end, line in code.co_lines() for offset in range(start, end)}
        found, left = stacks(code)
        for instruction in instructions_of(code):
            where = f"{code.co_filename}:{lines.get(instruction.offset)}"
            stack = (None, None, None, *found.get(instruction.offset, ()))
            entry = self._entry(instruction, where, stack, left.get(instruction.offset))
            if shared is not None and not _touches(entry, (stack[-2:], left.get(instruction.offset)), shared):
                entry = None
            self.entries[instruction.offset] = entry

    def _entry(self, instruction: dis.Instruction, where: str, stack: Stack, left: Source) -> Entry:  # noqa: PLR0911
        """Return what the instruction means; `left` is the source of what it leaves on the stack."""
        name, top = instruction.opname, stack[-1]
        unknown = Operation(name.lower(), EVERYTHING, writes=True, where=where)
        if name.startswith(tuple(PRIVATE)):
            return None
        if name.startswith(("LOAD_", "STORE_", "DELETE_")) and name.endswith(NAMES):
            return self._name(instruction, where)
        if name.endswith("_ATTR") or name in ("LOAD_METHOD", "LOAD_SPECIAL"):
            return self._attribute(instruction, where, top)
        if name.endswith("_SUBSCR") or instruction.argrepr == "[]":
            return self._item(instruction, where, stack)
        if name.startswith("CALL") and not name.startswith("CALL_INTRINSIC"):
            return Site(
                unknown._replace(name="call"), lambda f, loaded: peeking.is_private_call(left, f, loaded)
            )
        if name.startswith(OPERATORS):
            changes = name.startswith("INPLACE_") or (
                name == "BINARY_OP" and instruction.argrepr.endswith("=")
            )
            operands = stack[-1:] if name.startswith(("UNARY_", "FORMAT_", "CONVERT_")) else stack[-2:]
            return Site(Operation("operate", EVERYTHING, writes=changes, where=where), _all_plain(operands))
        if "_IF_" in name or name == "TO_BOOL":
            return Site(Operation("test", EVERYTHING, writes=False, where=where), _all_plain((top,)))
        if name in ("GET_ITER", "FOR_ITER", "UNPACK_SEQUENCE"):
            return Site(Operation("iterate", EVERYTHING, writes=True, where=where), _all_plain((top,)))
        if name == "BEFORE_WITH":
            enters = ("call", ("attr", top, "__enter__", -1), ())
            return Site(
                unknown._replace(name="enter"), lambda f, loaded: peeking.is_private_call(enters, f, loaded)
            )
        return unknown

    def _name(self, instruction: dis.Instruction, where: str) -> Entry:
        name: str = instruction.argval
        if not instruction.opname.startswith("LOAD_"):
            return Operation("write", name, writes=True, where=where)
        self.loads[instruction.offset] = ("name", name, instruction.offset)
        return Operation("read", name, writes=False, where=where) if name in self._written else None

    def _attribute(self, instruction: dis.Instruction, where: str, owner: Source) -> Entry:
        name: str = instruction.argval if isinstance(instruction.argval, str) else instruction.argrepr
        if not instruction.opname.startswith("LOAD_"):
            return Operation("write", name, writes=True, where=where)
        source = ("attr", owner, name, instruction.offset)
        self.loads[instruction.offset] = source
        read = Operation("read", name, writes=False, where=where)
        if name in self._written:
            return read
        return Site(read, lambda frame, loaded: peeking.is_constant(source, frame, loaded))

    def _item(self, instruction: dis.Instruction, where: str, stack: Stack) -> Entry:
        base, index = stack[-2], stack[-1]
        key = item_key(index[1]) if index and index[0] == "const" else ANY_ITEM
        if instruction.opname.startswith(("STORE_", "DELETE_")):
            return Operation("write", key, writes=True, where=where)
        self.loads[instruction.offset] = ("item", base, index, instruction.offset)
        return Site(Operation("read", key, writes=False, where=where), _all_plain((base, index)))

    def keep(self, offset: int, frame: FrameType, loaded: Loaded) -> None:
        """Keep what the load at the offset is about to load."""
        match self.loads.get(offset):
            case ("name", name, _):
                loaded[id(frame), offset] = peeking.named(name, frame)
            case ("attr", base, name, _):
                loaded[id(frame), offset] = peeking.attribute(peeking.peek(base, frame, loaded), name)
            case ("item", base, index, _):
                found = peeking.item(peeking.peek(base, frame, loaded), peeking.peek(index, frame, loaded))
                loaded[id(frame), offset] = found


def _all_plain(sources: Stack) -> Callable[[FrameType, Loaded], bool]:
    return lambda frame, loaded: all(peeking.is_plain(source, frame, loaded) for source in sources)


def _touches(entry: Entry, sources: Any, shared: Container[str]) -> bool:
    """Tell whether the instruction deals with a name that is shared, or with what was reached through one."""
    operation = entry.operation if isinstance(entry, Site) else entry
    if operation is None:
        return False
    key = operation.key
    return key in shared or (key.startswith("['") and key[2:-2] in shared) or _mentions(sources, shared)


def _mentions(source: Any, shared: Container[str]) -> bool:
    if not isinstance(source, tuple):
        return False
    if source and source[0] in ("name", "attr") and source[1 if source[0] == "name" else 2] in shared:
        return True
    return any(_mentions(part, shared) for part in source)


def written_names(code: CodeType) -> set[str]:
    """Return the names that the code binds anew, or `*` among them if it may bind any."""
    bound = {
        instruction.argval
        for instruction in instructions_of(code)
        if instruction.opname.startswith(("STORE_", "DELETE_"))
        and instruction.opname.endswith((*NAMES, "_ATTR"))
    }
    return bound | ({"*"} if REBINDERS.intersection(code.co_names) else set())


def names_written_within_reach(functions: Iterable[Any]) -> set[str]:
    """Return the names that the functions bind, and the code that they hold or name does.

    Whatever else they enter is found when they do; but a worker that spins on a variable, before any
    worker has entered
    the code that sets it, would not get that far.
    """
    written: set[str] = set()
    seen: set[int] = set()
    todo: list[Any] = list(functions)
    while todo:
        thing = todo.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, CodeType):
            written |= written_names(thing)
            todo += thing.co_consts
        elif isinstance(thing, MethodType):
            todo.append(thing.__func__)
        elif isinstance(thing, FunctionType) and isinstance(thing.__code__, CodeType):
            known = {name: thing.__globals__.get(name) for name in thing.__code__.co_names}
            todo += [thing.__code__, *known.values(), *held_in_cells(thing)]
        elif type(thing) is type:
            todo += vars(thing).values()
    return written


def held_in_cells(function: FunctionType) -> list[Any]:
    """Return what the variables of the function's closure stand for, as far as they are bound."""
    held = []
    for cell in function.__closure__ or ():
        with suppress(ValueError):
            held.append(cell.cell_contents)
    return held
