"""Coroutines and generators that are driven by hand, without an event loop."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from types import coroutine
from typing import Any


@coroutine
def pause(told: Any = None) -> Generator[Any, Any, Any]:
    """Stop here, tell something to whoever drives the coroutine, and return what that sends."""
    return (yield told)


def go_on(driven: Any) -> bool:
    """Let it go on to its next stop; tell whether there was one."""
    try:
        driven.send(None)
    except StopIteration:
        return False
    return True


def drive(driven: Iterable[Any], turns: Iterable[int]) -> None:
    """Let one after the other go on, as the turns say; one that has come to its end is passed over."""
    numbered = dict(enumerate(driven))
    try:
        for turn in turns:
            if turn in numbered and not go_on(numbered[turn]):
                del numbered[turn]
    finally:
        for each in numbered.values():
            each.close()
