"""Which names a program binds anew: whatever it does not bind is constant while it runs."""

from __future__ import annotations

from contextlib import suppress
from types import CodeType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from concurrency_lib.interleavings.kinds import NAMES, REBINDERS
from concurrency_lib.interleavings.sources import instructions_of

if TYPE_CHECKING:
    from collections.abc import Iterable


def written_names(code: CodeType) -> set[str]:
    """Return the names that the code binds anew, or `*` among them if it may bind any."""
    bound = {
        instruction.argval
        for instruction in instructions_of(code)
        if instruction.opname.startswith(("STORE_", "DELETE_")) and instruction.opname.endswith((*NAMES, "_ATTR"))
    }
    return bound | ({"*"} if REBINDERS.intersection(code.co_names) else set())


def names_written_within_reach(functions: Iterable[Any]) -> set[str]:
    """Return the names that the functions bind, and the code that they hold or name does.

    Whatever else they enter is found when they do; but a worker that spins on a variable, before any worker has
    entered the code that sets it, would not get that far.
    """
    written, seen, todo = set[str](), set[int](), list[Any](functions)
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
