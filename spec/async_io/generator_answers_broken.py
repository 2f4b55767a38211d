"""Consumers whose answers come late or in another way, and consumers of the library that lose their last one."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from concurrency_lib.coroutines import Ended


def tripling_late(received: list[int]) -> Generator[int | None, int, None]:
    """Hand out the answer to the number before."""
    before = answer = None
    while True:
        number = yield before
        received.append(number)
        before, answer = answer, 3 * number


def yielding_the_last(received: list[int]) -> Generator[int | None, int, None]:
    """Take one number in, and yield the answer."""
    number = yield None
    received.append(number)
    yield 3 * number


def forget_the_last(self: Any, go_on: Callable[[], Any]) -> Any:
    """Have the consumer go on, and forget what it returned."""
    try:
        return go_on()
    except StopIteration:
        raise Ended(self.name) from None


def stop_as_it_is(_: Any, go_on: Callable[[], Any]) -> Any:
    """Have the consumer go on, and raise StopIteration when it returns."""
    return go_on()
