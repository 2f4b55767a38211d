"""Scripts for a message loop, what a model makes of them, and what the loop of the library does."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import NamedTuple

from hypothesis import strategies as st

from concurrency_lib.message_loop import LoopStopped, MessageLoop
from spec.async_io import messages_running
from spec.support.deadlines import deadline


class Message(NamedTuple):
    """A message: the number of the one whose handler posts it, and from another thread or not; what its own does.

    Where no earlier message has that number, it is posted before the loop runs.
    """

    poster: int
    elsewhere: bool
    stops: bool
    raises: bool


SELDOM = st.sampled_from([False] * 5 + [True])
scripts = st.lists(st.builds(Message, st.integers(-1, 6), st.booleans(), SELDOM, SELDOM), min_size=1, max_size=12)


@dataclass
class Outcome:
    """The numbers of the messages that were handled, that were refused, and whose handlers raised."""

    handled: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)


class Failed(Exception):
    """Raised by a handler, with the number of its message."""


def posted_by(poster: int, script: Sequence[Message]) -> Iterator[int]:
    """Yield the messages that a handler posts; -1 is whoever posts before the loop runs."""
    for number, message in enumerate(script):
        if poster == (message.poster if message.poster < number else -1):
            yield number


def as_expected(script: Sequence[Message]) -> Outcome:
    """Work a script out: a queue, and a flag."""
    outcome, queue, stopped = Outcome(), deque(posted_by(-1, script)), False
    while queue:
        number = queue.popleft()
        outcome.handled.append(number)
        stopped = stopped or script[number].stops
        (outcome.refused if stopped else queue).extend(posted_by(number, script))
        if script[number].raises:
            outcome.failed.append(number)
    return outcome


class Played:
    """A script that is played by the library's loop, until as many messages are handled as are expected."""

    def __init__(self, script: Sequence[Message], last: int, another_thread: Executor) -> None:
        self._script, self._last, self._another_thread = script, last, another_thread
        self.outcome = Outcome()
        with MessageLoop() as self._loop:
            self._loop.on("message", self._handle)
            self._post(-1)
            try:
                messages_running.run(self._loop)
            except* Failed as failures:
                self.outcome.failed = [number for error in failures.exceptions for number in error.args]

    def _handle(self, number: int) -> None:
        self.outcome.handled.append(number)
        if self._script[number].stops:
            self._loop.stop()
        self._post(number)
        if len(self.outcome.handled) == self._last:
            self._loop.stop()
        if self._script[number].raises:
            raise Failed(number)

    def _post(self, poster: int) -> None:
        for number in posted_by(poster, self._script):
            try:
                if self._script[number].elsewhere:
                    self._another_thread.submit(self._loop.post, "message", number).result(deadline())
                else:
                    self._loop.post("message", number)
            except LoopStopped:
                self.outcome.refused.append(number)
