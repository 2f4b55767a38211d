"""A variable, and what threads and processes do with it; run in both."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from typing import Any

from spec.support.sabotage import Patch

count = 0


def add(times: int) -> int:
    """Add one to this module's variable so many times; return what it is then."""
    global count  # noqa: PLW0603 - a global variable is what this is about
    for _ in range(times):
        count = plus_one(count)
    return count


def reset() -> None:
    """Set this module's variable to zero."""
    global count  # noqa: PLW0603 - as above
    count = 0


def look_when_told(channel: Any) -> None:
    """Say that this process is there, and when told, what the variable is here."""
    channel.send("is there")
    channel.recv()
    channel.send(count)
    channel.close()


def value_of_child() -> int:
    """Let a child add one to a Value; return what this process reads there."""
    value = multiprocessing.get_context("fork").Value("i", 0)

    def add_one() -> None:
        value.value = plus_one(value.value)

    in_a_child(add_one)
    return int(value.value)


def array_of_child() -> int:
    """Let a child add one to the place of an Array; return what this process reads there."""
    array = multiprocessing.get_context("fork").Array("i", 1)

    def add_one() -> None:
        array[0] = plus_one(array[0])

    in_a_child(add_one)
    return int(array[0])


def in_a_child(function: Callable[[], None]) -> None:
    """Run a function in a child, and wait for its end."""
    child = multiprocessing.get_context("fork").Process(target=function)
    child.start()
    child.join()
    child.close()


def plus_one(number: int) -> int:
    """Return the number that follows."""
    return number + 1


def additions_without_effect(patch: Patch) -> None:
    """Have this process and its children write back what they read."""
    patch.setattr(sys.modules[__name__], "plus_one", int)
