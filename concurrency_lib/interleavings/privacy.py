"""Whether an operation can be noticed by no other worker: it is on immutable values alone, or runs Python."""

from __future__ import annotations

from types import BuiltinFunctionType, CodeType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from concurrency_lib.interleavings.peeking import UNKNOWN, peek

if TYPE_CHECKING:
    from types import FrameType

    from concurrency_lib.interleavings.effects import Source
    from concurrency_lib.interleavings.peeking import Loaded

PLAIN_TYPES = frozenset({int, float, complex, bool, str, bytes, range, slice, type(None), type(...)})
PURE = frozenset(
    {
        *(abs, bool, bytes, chr, complex, divmod, float, format, hash, int, len),
        *(max, min, ord, pow, range, repr, round, str),
    }
)


def is_plain(source: Source, frame: FrameType, loaded: Loaded) -> bool:
    """Tell whether the value is immutable through and through, so that nobody can change it meanwhile."""
    match source:
        case None:
            return False
        case ("op", operands):
            return all(is_plain(operand, frame, loaded) for operand in operands)
        case ("iter" | "element", inner):
            return is_plain(inner, frame, loaded)
        case ("call", callee, arguments):
            return is_pure(peek(callee, frame, loaded)) and all(is_plain(a, frame, loaded) for a in arguments)
    return plain(peek(source, frame, loaded))


def is_pure(function: Any) -> bool:
    """Tell whether a function of the interpreter answers from plain arguments alone."""
    return isinstance(function, (type, BuiltinFunctionType)) and function in PURE


def plain(value: Any) -> bool:
    """Tell whether the value is immutable through and through."""
    kind = type(value)
    if kind is tuple or kind is frozenset:
        return all(map(plain, value))
    return kind in PLAIN_TYPES


def runs_python(callee: Any) -> bool:
    """Tell whether calling this runs Python code alone, whose own instructions are seen."""
    if isinstance(callee, MethodType):
        callee = callee.__func__
    if isinstance(callee, FunctionType):
        return isinstance(callee.__code__, CodeType)  # PyPy has functions that have no code of Python
    return type(callee) is type and "__new__" not in names_defined(callee) and "__init__" in names_defined(callee)


def is_constant(source: Source, frame: FrameType, loaded: Loaded) -> bool:
    """Tell whether an attribute that no worker binds anew is of the kind that only binding changes."""
    return peek(source, frame, loaded) is not UNKNOWN


def is_private_call(source: Source, frame: FrameType, loaded: Loaded) -> bool:
    """Tell whether a call touches nothing shared: it runs Python, or is pure and given plain values."""
    match source:
        case ("call", callee, arguments):
            function = peek(callee, frame, loaded)
            if runs_python(function):
                return True
            of_plain = is_pure(function) or (callee and callee[0] == "attr" and is_plain(callee[1], frame, loaded))
            return bool(of_plain) and all(is_plain(argument, frame, loaded) for argument in arguments)
    return False


def names_defined(kind: type) -> set[str]:
    """Return the names that the class and its bases define, all but `object`."""
    return {name for base in kind.__mro__[:-1] for name in vars(base)}
