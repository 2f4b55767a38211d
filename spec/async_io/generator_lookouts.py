"""Tasks and threads that look out for what another tells, the one who tells it, and threads that are none."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any, Self

from spec.support.deadlines import deadline

TRIES = 20_000

Told = list[str]


def look_out(told: Told, *, until: Callable[[], bool]) -> bool:
    """Ask again and again whether something was told, and never give way; return whether it was."""
    while not told and until():
        pass
    return bool(told)


def look_out_by_the_deadline(told: Told) -> bool:
    """Look out for as long as a requirement may take."""
    give_up = time.monotonic() + deadline()
    return look_out(told, until=lambda: time.monotonic() < give_up)


def busy(told: Told) -> Generator[None, None, bool]:
    """Give way once, look out for long, give way again; return whether anything was told in between."""
    yield
    tries = iter(range(TRIES))
    found = look_out(told, until=lambda: next(tries, None) is not None)
    yield
    return found


def giving_way(told: Told) -> Generator[None, None, bool]:
    """Give way before each look."""
    for _ in range(3):
        if told:
            return True
        yield
    return False


def telling(told: Told) -> Generator[None, None, None]:
    """Tell something in the second turn."""
    yield
    told.append("now")


class OneAfterTheOther:
    """Callables that run in this thread, each when the one before has ended."""

    def __init__(self, *functions: Callable[[], Any]) -> None:
        self._values = [function() for function in functions]

    def __enter__(self) -> list[Self]:
        return [self] * len(self._values)

    def __exit__(self, *_: object) -> None:
        pass

    def value(self) -> Any:
        """Return what the first came to."""
        return self._values[0]
