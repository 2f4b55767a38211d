"""A consumer that notes by whom it is resumed, and consumers that are late, resumed twice, or another than it seems."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from typing import Any

from concurrency_lib.coroutines import Consumer
from spec.async_io.generator_pairs import Turns
from spec.support.outcomes import raised_by

Consuming = Generator[None, Any, None]


def who_resumed_me(callers: list[str]) -> Consuming:
    """Note, each time that it goes on, which function had it go on."""
    while True:
        yield
        callers.append(sys._getframe(1).f_code.co_name)  # noqa: SLF001 - the documented way


class Late:
    """A consumer that has its turns only when the next message comes."""

    def __init__(self, consuming: Callable[[Turns], Consuming], turns: Turns) -> None:
        self._generator = consuming(turns)
        self._kept: list[str] = []
        self.close = self._generator.close

    def __next__(self) -> None:
        return next(self._generator)

    def send(self, message: str) -> None:
        """Put off the message, and have the one before it taken."""
        self._kept.append(message)
        if len(self._kept) > 1:
            self._generator.send(self._kept.pop(0))


def send_twice(self: Any, message: Any) -> Any:
    """Have the consumer go on twice."""
    send(self, message)
    return send(self, message)


def resumed_by_somebody(callers: list[str]) -> Consuming:
    """Note always the same."""
    while True:
        yield
        callers.append("somebody")


def sending_to_another(own: list[Consuming], errors: list[Exception | None]) -> Consuming:
    """Send to a generator that waits."""
    other = who_resumed_me([])
    next(other)
    own[0] = own[0] and other
    yield
    errors.append(raised_by(other.send, "a message"))
    yield


send = Consumer.send
