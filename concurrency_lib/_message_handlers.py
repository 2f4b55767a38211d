"""What handles which message, and what is told of a handler that took long or raised."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

logger = logging.getLogger("concurrency_lib.message_loop")


class UnknownMessage(LookupError):
    """No handler is known for a message of that name."""


def log_slowness(name: str, seconds: float) -> None:
    """Log that a handler took long."""
    logger.warning("the handler of %r took %.3f s", name, seconds)


class Handlers:
    """The handlers of a loop, by the names of their messages."""

    def __init__(
        self,
        slow_after: float,
        slow: Callable[[str, float], object],
        failed: Callable[[str, Exception], object] | None,
        clock: Callable[[], float],
    ) -> None:
        self._by_name: dict[str, Callable[..., object]] = {}
        self._slow_after, self._slow, self._clock = slow_after, slow, clock
        self._failures: list[Exception] = []
        self._failed = failed or (lambda _, error: self._failures.append(error))

    def add(self, name: str, handler: Callable[..., object]) -> None:
        """Take a handler for a name that has none."""
        if name in self._by_name:
            raise ValueError(f"{name!r} has a handler already: {self._by_name[name]!r}")
        self._by_name[name] = handler

    def check(self, name: str) -> None:
        """Refuse a name that has no handler."""
        if name not in self._by_name:
            raise UnknownMessage(f"nothing handles {name!r}, only {', '.join(map(repr, self._by_name)) or 'nothing'}")

    def handle(self, name: str, content: Sequence[object]) -> None:
        """Call the handler; tell if it raised an Exception, and if it took long."""
        began = self._clock()
        try:
            self._by_name[name](*content)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is heard
            error.add_note(f"in the handler of {name!r}")
            self._failed(name, error)
        took = self._clock() - began
        if took > self._slow_after:
            self._slow(name, took)

    def failures(self) -> ExceptionGroup[Exception] | None:
        """Return what nobody was told of, as one exception, or None."""
        return ExceptionGroup("handlers raised", self._failures) if self._failures else None
