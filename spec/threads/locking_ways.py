"""Ways of holding a lock for some work, and of leaving the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concurrency_lib import locks
from spec.support.outcomes import raised_by

WAYS = ["an exception", "KeyboardInterrupt", "SystemExit", "return", "break", "the end"]
RAISED: dict[str, type[BaseException]] = {
    "an exception": ValueError,
    "KeyboardInterrupt": KeyboardInterrupt,
    "SystemExit": SystemExit,
}


def by_finally(lock: Any, way: str) -> None:
    """Take a lock, and let it go in a finally clause."""
    for _ in range(2):
        lock.acquire()
        try:
            if way == "return":
                return
            if way == "break":
                break
            raise_for(way)
        finally:
            lock.release()


def by_with(lock: Any, way: str) -> None:
    """Hold a lock by the with statement."""
    for _ in range(2):
        with lock:
            if way == "return":
                return
            if way == "break":
                break
            raise_for(way)


def by_library(lock: Any, way: str) -> None:
    """Hold a lock through the library."""
    for _ in range(2):
        with locks.acquire_in_order(lock):
            if way == "return":
                return
            if way == "break":
                break
            raise_for(way)


def left_by(call: Callable[..., object], *args: Any) -> BaseException | None:
    """Return the exception by which a call is left, those included that would end the program, or None."""
    try:
        return raised_by(call, *args)
    except (KeyboardInterrupt, SystemExit) as error:
        return error


def raise_for(way: str) -> None:
    """Raise the exception by which the block is to be left, if it is by one."""
    if way in RAISED:
        raise RAISED[way]


def by_hand(lock: Any, way: str) -> None:
    """Take a lock, and let it go in the line after the work."""
    lock.acquire()
    raise_for(way)
    lock.release()
