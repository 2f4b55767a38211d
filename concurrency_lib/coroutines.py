"""Generators that work together in one thread: a consumer that is ready when it is made, and tasks that take turns.

Nothing is locked, and nothing is interrupted: whoever runs goes on until it yields, sends, returns or raises.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack
from typing import Any, Generic, ParamSpec, Self, TypeVar

from concurrency_lib._coroutines_ends import Stubborn, end, name_of
from concurrency_lib._coroutines_rounds import RoundRobin

__all__ = ["Consumer", "Ended", "RoundRobin", "Stubborn", "consumer", "feed"]

Given = ParamSpec("Given")
Message = TypeVar("Message")
Answer = TypeVar("Answer")
Result = TypeVar("Result")


class Ended(Exception):
    """A consumer takes no more messages; `value` is what it returned, None where it did not.

    It is no StopIteration: that would end the loop of a producer unheard.
    """

    def __init__(self, consumer: str, value: Any = None) -> None:
        super().__init__(consumer, value)
        self.consumer, self.value = consumer, value

    def __str__(self) -> str:
        return f"takes no more messages: {self.consumer}"


class Consumer(Generic[Message, Answer, Result]):
    """A generator that waits for a message at one of its yields; `first` is what it yielded before any came.

    A function marked with `@consumer` makes it. At the end of a with block it is closed.
    """

    def __init__(self, generator: Generator[Answer, Message, Result]) -> None:
        self.name = name_of(generator)
        self.result: Result | None = None  # what it has returned
        self._generator = generator
        self._closed = False
        self.first = self._resume(functools.partial(next, generator))

    def send(self, message: Message) -> Answer:
        """Hand over any message, None included; return the answer, which is what the consumer yields next.

        Raises Ended if the consumer returns instead of waiting for another message, or has ended before, and
        whatever the consumer raises, which ends it.
        """
        if self.ended:
            raise Ended(self.name, self.result)
        return self._resume(functools.partial(self._generator.send, message))

    def close(self) -> Result | None:
        """End the consumer where it waits, `finally` clauses and all; return what it returns, on every version.

        Once it has ended this does nothing more. Raises Stubborn if it yields again, and whatever it raises.
        """
        if not self.ended:
            try:
                self.result = end(self._generator)
            except Stubborn:
                self._closed = True
                raise
        return self.result

    @property
    def ended(self) -> bool:
        """Whether it takes no more messages."""
        return self._closed or inspect.getgeneratorstate(self._generator) == inspect.GEN_CLOSED

    def _resume(self, go_on: Callable[[], Answer]) -> Answer:
        try:
            return go_on()
        except StopIteration as stop:
            self.result = stop.value
            raise Ended(self.name, self.result) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def consumer(
    function: Callable[Given, Generator[Answer, Message, Result]],
) -> Callable[Given, Consumer[Message, Answer, Result]]:
    """Have the calls of a generator function return consumers that have run to their first yield.

    Raises TypeError if it is not a generator function. A call raises Ended if there is no first yield.
    """
    if not inspect.isgeneratorfunction(function):
        raise TypeError(f"expected a generator function, got {function!r}")

    @functools.wraps(function)
    def ready(*args: Given.args, **options: Given.kwargs) -> Consumer[Message, Answer, Result]:
        return Consumer(function(*args, **options))

    return ready


def feed(to: Consumer[Message, Answer, Any], messages: Iterable[Message]) -> list[Answer]:
    """Send the messages, each as soon as the one before has its answer, and return the answers in order.

    However this ends, the consumer is closed, and so are the messages where a generator makes them. Raises what
    either of them raises, and Ended if the consumer takes no more while there is a message left.
    """
    with to, ExitStack() as producer:
        if isinstance(messages, Generator):
            producer.callback(end, messages)
        return [to.send(message) for message in messages]
