"""Garbage collection kept out of a run: what it calls would be taken for the code of the worker in which it happens."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HOOKS: Any = getattr(gc, "hooks", None)  # of PyPy, whose minor collections nothing switches off
NAMES = [name for name in ("on_gc_minor", "on_gc_collect_step", "on_gc_collect") if hasattr(HOOKS, name)]


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the garbage collector from running by itself, or at least from telling of it; restore what was."""
    was_enabled, told = gc.isenabled(), {name: function for name in NAMES if (function := getattr(HOOKS, name))}
    gc.disable()
    hook(dict.fromkeys(told, id))  # a function without code; None would be called too, if a call is under way
    try:
        yield
    finally:
        hook(told)
        if was_enabled:
            gc.enable()


def hook(functions: dict[str, Any]) -> None:
    """Have these functions called at collections, where there are such hooks."""
    for name, function in functions.items():
        setattr(HOOKS, name, function)
