"""Coroutines without an event loop."""

from __future__ import annotations

from collections.abc import Coroutine, Generator
from types import coroutine
from typing import Any


@coroutine
def pause(told: str) -> Generator[str, str, str]:
    """Stop here, tell something to whoever drives the coroutine, and return what that sends."""
    return (yield told)


async def conversation(steps: list[str]) -> str:
    """Note each step, with two pauses between."""
    steps.append("first")
    heard = await pause("ready for one")
    steps.append(f"second, with {heard}")
    heard = await pause("ready for another")
    steps.append(f"third, with {heard}")
    return "done"


def driven_by_hand(talk: Coroutine[Any, Any, str], steps: list[str]) -> list[str]:
    """Drive a coroutine by calls alone; note beside its steps what it tells and returns."""
    steps.append("driver begins")
    told = talk.send(None)
    for each in ("one", "another"):
        steps.append(f"driver hears {told}")
        try:
            told = talk.send(each)
        except StopIteration as end:
            steps.append(f"driver gets {end.value}")
    return steps
