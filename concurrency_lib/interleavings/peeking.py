"""What a source stands for in a running frame, found without running any code of the program.

UNKNOWN is always a right answer. A value that other workers may change is not read again here: what the worker
saw when it loaded it was kept (`loaded`), since by now the name may stand for something else.
"""

from __future__ import annotations

from types import FunctionType, MemberDescriptorType, MethodType, ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import FrameType

    from concurrency_lib.interleavings.effects import Source

UNKNOWN = object()
ORDINARY: tuple[Any, ...] = (
    object.__getattribute__,
    SimpleNamespace.__getattribute__,
    ModuleType.__getattribute__,
)
Loaded = dict[tuple[int, int], Any]  # (id of the frame, offset) -> the value that was loaded there


def peek(source: Source, frame: FrameType, loaded: Loaded) -> Any:  # noqa: PLR0911 - one answer a case
    """Return the value that the source stands for, or UNKNOWN."""
    if source is None:
        return UNKNOWN
    match source:
        case ("const", value):
            return value
        case ("local", name):
            return frame.f_locals.get(name, UNKNOWN)
        case ("name", name, offset):
            return loaded[id(frame), offset] if (id(frame), offset) in loaded else named(name, frame)
        case ("attr", base, name, offset):
            if (id(frame), offset) in loaded:
                return loaded[id(frame), offset]
            return attribute(peek(base, frame, loaded), name)
        case ("item", _, _, offset):
            return loaded.get((id(frame), offset), UNKNOWN)
    return UNKNOWN


def named(name: str, frame: FrameType) -> Any:
    """Return the value of a variable that is not local to the frame, or UNKNOWN."""
    if name in frame.f_code.co_freevars or name in frame.f_code.co_cellvars:
        return frame.f_locals.get(name, UNKNOWN)
    if frame.f_locals is not frame.f_globals and not frame.f_code.co_flags & 2:  # a class body, exec
        return UNKNOWN
    return frame.f_globals.get(name, frame.f_builtins.get(name, UNKNOWN))


def attribute(owner: Any, name: str) -> Any:
    """Return an attribute that Python code alone can change, or UNKNOWN: nothing is called to find it."""
    kind = type(owner)
    if owner is UNKNOWN or kind.__getattribute__ not in ORDINARY:
        return UNKNOWN
    for base in kind.__mro__:
        if name in base.__dict__:
            found = base.__dict__[name]
            if isinstance(found, FunctionType):
                return _own(owner, name) if _own(owner, name) is not UNKNOWN else MethodType(found, owner)
            if isinstance(found, MemberDescriptorType) and "__slots__" in base.__dict__:
                return found.__get__(owner, kind) if hasattr(owner, name) else UNKNOWN
            return UNKNOWN if hasattr(type(found), "__get__") else _own(owner, name, found)
    return _own(owner, name)


def _own(owner: Any, name: str, default: Any = UNKNOWN) -> Any:
    try:
        values: Mapping[str, Any] = object.__getattribute__(owner, "__dict__")
    except AttributeError:
        return default
    return values.get(name, default)


def item(base: Any, index: Any) -> Any:
    """Return the item of a dictionary or list whose look-up runs no code of the program, or UNKNOWN."""
    if (type(base) is dict or type(base) is list or type(base) is tuple) and type(index) in (str, int):
        try:
            return base[index]
        except (LookupError, TypeError):
            return UNKNOWN
    return UNKNOWN
