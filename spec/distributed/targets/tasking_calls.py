"""Calls that workers make, and that go wrong in many ways."""

from __future__ import annotations

import sys
from typing import Any


class UnspeakableError(Exception):
    """An exception without a pickle."""

    def __reduce__(self) -> Any:
        raise TypeError("not to be pickled")


def without_a_pickle(what: str) -> Any:
    """Return a value, or raise an exception, that has no pickle."""
    if what == "value":
        return lambda: 0
    raise UnspeakableError(what)


def fail_deep(where: str) -> None:
    """Fail, a little deeper."""
    fail_deeper(where)


def fail_deeper(where: str) -> None:
    """Fail here."""
    raise LookupError(where)


def exit_or_not(leaves: bool) -> None:  # noqa: FBT001 - a task has one argument
    """End the interpreter, or do nothing."""
    if leaves:
        sys.exit(3)


def same(thing: Any) -> Any:
    """Return the argument."""
    return thing
