"""Lock: a value that is reached only through its lock, and several locks taken without a deadlock.

A thread takes all that it needs in one go, in an order that is the same for all threads, and is refused more until it
has let go: threads that take their locks here alone never wait for each other in a circle. Nothing is promised
about locks that are taken otherwise, about a guarded value that is reached by another reference, nor about an
exception that a signal handler raises just while a lock is taken or let go.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from concurrency_lib._deadline import Deadline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Access", "Guarded", "acquire_in_order", "open_together"]

Value = TypeVar("Value")

_mine = threading.local()  # `holds`: whether this thread has taken something here


class Lockable(Protocol):
    """What is taken and let go as a `threading.Lock` is."""

    def acquire(self, blocking: bool = ..., timeout: float = ...) -> bool:  # noqa: FBT001 - as `threading` has it
        """Take it; False if that was not possible in time."""

    def release(self) -> None:
        """Let it go."""


class Access(Generic[Value]):
    """The way to a guarded value, for the thread that opened it, until its block ends; then RuntimeError."""

    def __init__(self, guarded: Guarded[Value]) -> None:
        self._guarded = guarded
        self._opened_by: int | None = threading.get_ident()

    @property
    def value(self) -> Value:
        """The guarded value; it may be set as well."""
        self._check()
        return self._guarded._value  # noqa: SLF001 - the two are one thing

    @value.setter
    def value(self, value: Value) -> None:
        self._check()
        self._guarded._value = value  # noqa: SLF001 - as above

    def _check(self) -> None:
        if self._opened_by != threading.get_ident():
            where = "another thread" if self._opened_by else "no block"
            raise RuntimeError(f"guarded value: expected to be in the block that opened it, it is open in {where}")


class Guarded(Generic[Value]):
    """A value with a lock of its own, which every way to the value takes."""

    def __init__(self, value: Value) -> None:
        self._value = value
        self._lock: Lockable = threading.Lock()

    @contextmanager
    def open(self, timeout: float | None = None) -> Iterator[Access[Value]]:
        """Hold the lock for the block, and yield access to the value; raise as `open_together` does."""
        with open_together(self, timeout=timeout) as (access,):
            yield access

    def update(self, function: Callable[[Value], Value]) -> Value:
        """Put `function(value)` in the value's place, and return it; the value stays if the function raises."""
        with self.open() as access:
            access.value = function(access.value)
            return access.value


@contextmanager
def open_together(
    *guarded: Guarded[Any], timeout: float | None = None, key: Callable[[Any], Any] = id
) -> Iterator[tuple[Access[Any], ...]]:
    """Hold the locks of all these values for the block, and yield access to each; raise as `acquire_in_order` does.

    The order is that of the locks' keys. A value that is named twice is held once.
    """
    with acquire_in_order(*(each._lock for each in guarded), timeout=timeout, key=key):  # noqa: SLF001
        accesses = tuple(map(Access, guarded))
        try:
            yield accesses
        finally:
            for access in accesses:
                access._opened_by = None  # noqa: SLF001


@contextmanager
def acquire_in_order(*locks: Lockable, timeout: float | None = None, key: Callable[[Any], Any] = id) -> Iterator[None]:
    """Hold all the locks for the block, however it ends; a lock that is named twice is taken once.

    They are taken in the order of their keys: by default their addresses, which no two of them share. Raises
    TimeoutError if they are not all to be had within `timeout` seconds, RuntimeError if the thread holds anything that
    it took here, and ValueError if two locks have one key; then it holds none of them.
    """
    if getattr(_mine, "holds", False):
        raise RuntimeError("expected this thread to hold nothing, it holds locks: take all at once")
    ordered = in_order(locks, key)
    _mine.holds = True
    try:
        with taken(ordered, Deadline(timeout)):
            yield
    finally:
        _mine.holds = False


def in_order(locks: Sequence[Lockable], key: Callable[[Any], Any]) -> list[Lockable]:
    """Return the locks in the order of their keys, each once."""
    by_key: dict[Any, Lockable] = {}
    for lock in locks:
        if by_key.setdefault(key(lock), lock) is not lock:
            raise ValueError(f"two locks have one key: {key(lock)!r}")
    return [by_key[which] for which in sorted(by_key)]


@contextmanager
def taken(locks: Sequence[Lockable], deadline: Deadline) -> Iterator[None]:
    """Hold the locks, taken one after another, for the block; let go of them in the reverse order."""
    held: list[Lockable] = []
    try:
        for lock in locks:
            remaining = deadline.remaining()
            if not lock.acquire(timeout=-1 if remaining is None else remaining):
                raise TimeoutError(f"{len(held)} of {len(locks)} locks taken within {deadline.seconds:g} s")
            held.append(lock)
        yield
    finally:
        for lock in reversed(held):
            lock.release()
