"""A master: sends calls to be made elsewhere, and gets what came of them."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, NamedTuple, Self, TypeVar

from concurrency_lib._remote import Failure, Success, pack, settle
from concurrency_lib.task_server.leases import LARGE
from concurrency_lib.task_server.links import HANDSHAKE, LONGEST_WAIT, Address, Link

Argument = TypeVar("Argument")
Value = TypeVar("Value")

CHUNK = 256  # tasks, or results, in one round trip


class Result(NamedTuple, Generic[Value]):
    """What came of one task: `index` is its place among all that its master sent."""

    index: int  # type: ignore[assignment]  # of a tuple's own method of that name there is no need
    outcome: Success | Failure

    def value(self) -> Value:
        """Return the call's value, or raise its exception, with the worker's traceback as its cause.

        What cannot be raised as itself, such as an exception that has no pickle, is raised as RemoteError.
        """
        value: Value = settle(self.outcome, f"task {self.index}")
        return value


class Master:
    """A program's connection to the task server at `address`, until `close` or the end of the block.

    Its tasks go with it: the server forgets them when the connection ends. Use it in one thread at a time.
    """

    def __init__(self, address: Address, key: bytes, *, name: str | None = None, handshake: float = HANDSHAKE) -> None:
        name = name or f"{os.getpid()}@{socket.gethostname()}"
        self.link = Link(address, key, "master", name, handshake=handshake)
        self._pending: dict[int, int] = {}  # the numbers of the tasks at the server, with their indices
        self.sent = 0

    def submit(self, function: Callable[[Argument], Value], arguments: Iterable[Argument]) -> int:
        """Send a call for each argument, and return how many, at once; `results` has what comes of them.

        All are sent, or none: raises `PicklingError` if one cannot be pickled, and `Full` if there is no room.
        """
        payloads = list(packed(function, arguments))
        self.trade(payloads, 0, 0.0, whole=True)
        return len(payloads)

    def results(self) -> Iterator[Result[Any]]:
        """Yield the result of every task that has been sent, as they come."""
        while self._pending:
            yield from self.trade([], CHUNK, LONGEST_WAIT)

    def run(self, function: Callable[[Argument], Value], arguments: Iterable[Argument]) -> Iterator[Result[Value]]:
        """Yield the result of a call for each argument, as they come, and of what was sent before and is still out.

        Arguments are taken up to 256 at a time, as there is room for them at the server: they may be without end.
        """
        chunks = small_chunks(packed(function, arguments))
        chunk = next(chunks, [])
        while chunk or self._pending:
            room = self.link.terms.capacity - len(self._pending)
            fits = 0 < len(chunk) <= room
            results = self.trade(chunk[:room], CHUNK, 0.0 if fits else LONGEST_WAIT)
            chunk = chunk[room:] or next(chunks, [])
            yield from results

    def map(self, function: Callable[[Argument], Value], arguments: Iterable[Argument]) -> Iterator[Value]:
        """Yield the values of the calls in the arguments' order; raise the exception of the first that has none."""
        ready: dict[int, Result[Value]] = {}
        index = self.sent
        for result in self.run(function, arguments):
            if result.index >= index:
                ready[result.index] = result
            while index in ready:
                yield ready.pop(index).value()
                index += 1

    def status(self) -> dict[str, int]:
        """Return how many tasks, results and clients the server has, by name."""
        counts: dict[str, int] = self.link.call("status")
        return counts

    def close(self) -> None:
        """Leave; what was not collected is lost."""
        self.link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def trade(self, payloads: list[bytes], limit: int, wait: float, *, whole: bool = False) -> list[Result[Any]]:
        """Send tasks and collect results in one round trip: see `Desk.trade`."""
        added, results = self.link.call("trade", payloads, limit, wait, whole)
        for number in added:
            self._pending[number] = self.sent
            self.sent += 1
        return [Result(self._pending.pop(number), outcome) for number, outcome in results]


def packed(function: Callable[[Argument], object], arguments: Iterable[Argument]) -> Iterator[bytes]:
    """Yield the pickle of each call."""
    for argument in arguments:
        yield pack((function, argument), "task")


def small_chunks(payloads: Iterator[bytes]) -> Iterator[list[bytes]]:
    """Yield the payloads in lists that are neither long nor, but for the last payload of each, large."""
    chunk, size = list[bytes](), 0
    for payload in payloads:
        chunk.append(payload)
        size += len(payload)
        if len(chunk) == CHUNK or size >= LARGE:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
