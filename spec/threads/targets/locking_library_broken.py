"""Parts of the library's locks that break one promise each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from typing import Any


class Forgetful:
    """What remembers nothing of what it is told."""

    def __setattr__(self, name: str, value: object) -> None:
        pass


class AccessToACopy:
    """Access to a copy of the value as it was at first."""

    _opened_by: int | None = None

    def __init__(self, guarded: Any) -> None:
        self.value = copy(guarded._value)  # noqa: SLF001 - as the real one


@contextmanager
def without_locks(*_: object) -> Iterator[None]:
    """Hold nothing for the block."""
    yield


@contextmanager
def taken_for_good(locks: Sequence[Any], deadline: Any) -> Iterator[None]:
    """Take the locks, and keep them where not all are to be had, or the block raises."""
    for lock in locks:
        if not lock.acquire(timeout=-1 if deadline.remaining() is None else deadline.remaining()):
            raise TimeoutError("kept")
    yield
    for lock in locks:
        lock.release()


def as_named(wanted: Sequence[Any], _: object) -> list[Any]:
    """Keep locks in the order in which they were named."""
    return list(dict.fromkeys(wanted))
