"""What each instruction means to the explorer: nothing, an operation, or what its operands decide.

No table of any version's instructions: names begin alike in all of them (`LOAD_FAST…`, `STORE_…`), and an
instruction that is not known is an operation that conflicts with everything. That costs schedules, never
soundness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concurrency_lib.interleavings import peeking, privacy
from concurrency_lib.interleavings.kinds import NAMES, OPERATORS, PRIVATE
from concurrency_lib.interleavings.operations import ANY_ITEM, EVERYTHING, Operation, item_key
from concurrency_lib.interleavings.sources import instructions_of, stacks

if TYPE_CHECKING:
    import dis
    from collections.abc import Callable, Container
    from types import CodeType, FrameType

    from concurrency_lib.interleavings.effects import Source, Stack
    from concurrency_lib.interleavings.peeking import Loaded


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

    def _entry(self, instruction: dis.Instruction, where: str, stack: Stack, left: Source) -> Entry:
        """Return what the instruction means; `left` is the source of what it leaves on the stack."""
        name = instruction.opname
        if name.startswith(PRIVATE):
            return None
        if name.startswith(("LOAD_", "STORE_", "DELETE_")) and name.endswith(NAMES):
            return self._name(instruction, where)
        if name.endswith("_ATTR") or name in ("LOAD_METHOD", "LOAD_SPECIAL"):
            return self._attribute(instruction, where, stack[-1])
        if name.endswith("_SUBSCR") or instruction.argrepr == "[]":
            return self._item(instruction, where, stack)
        return _on_operands(instruction, where, stack, left)

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
        return Site(read, lambda frame, loaded: privacy.is_constant(source, frame, loaded))

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
    return lambda frame, loaded: all(privacy.is_plain(source, frame, loaded) for source in sources)


def _on_operands(instruction: dis.Instruction, where: str, stack: Stack, left: Source) -> Entry:
    """Return what an instruction means that deals with values and not with a place."""
    name, top = instruction.opname, stack[-1]
    if name.startswith("CALL") and not name.startswith("CALL_INTRINSIC"):
        return Site(Operation("call", EVERYTHING, writes=True, where=where), _calls_private(left))
    if name.startswith(OPERATORS):
        changes = name.startswith("INPLACE_") or (name == "BINARY_OP" and instruction.argrepr.endswith("="))
        operands = stack[-1:] if name.startswith(("UNARY_", "FORMAT_", "CONVERT_")) else stack[-2:]
        return Site(Operation("operate", EVERYTHING, writes=changes, where=where), _all_plain(operands))
    if "_IF_" in name or name == "TO_BOOL":
        return Site(Operation("test", EVERYTHING, writes=False, where=where), _all_plain((top,)))
    if name in ("GET_ITER", "FOR_ITER", "UNPACK_SEQUENCE"):
        return Site(Operation("iterate", EVERYTHING, writes=True, where=where), _all_plain((top,)))
    if name == "BEFORE_WITH":
        entering = ("call", ("attr", top, "__enter__", -1), ())
        return Site(Operation("enter", EVERYTHING, writes=True, where=where), _calls_private(entering))
    return Operation(name.lower(), EVERYTHING, writes=True, where=where)


def _calls_private(call: Source) -> Callable[[FrameType, Loaded], bool]:
    return lambda frame, loaded: privacy.is_private_call(call, frame, loaded)


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
