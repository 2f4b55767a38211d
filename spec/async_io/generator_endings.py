"""Generators that end, or do not, when they are closed, and blocks at whose end they are closed."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from concurrency_lib.coroutines import Consumer


class Untidy(Exception):
    """Something went wrong."""


def tidying(notes: list[str]) -> Generator[None, Any, None]:
    """Wait, and note how that ends."""
    notes.append("begins")
    try:
        while True:
            yield
    except BaseException as error:
        notes.append(type(error).__name__)
        raise
    finally:
        notes.append("finally")


def deaf() -> Generator[None, Any, None]:
    """Go on for one more yield when it is to end."""
    try:
        while True:
            yield
    except GeneratorExit:
        yield


def failing_to_tidy() -> Generator[None, Any, None]:
    """Raise when it is to end."""
    try:
        yield
    finally:
        raise Untidy


def returning_its_count() -> Generator[None, Any, int]:
    """Count messages, and return their number when it is to end."""
    count = 0
    try:
        while True:
            yield
            count += 1
    except GeneratorExit:
        return count


def checked(numbers: Iterable[int | str | None]) -> Iterator[Any]:
    """Yield numbers, and raise at None."""
    for number in numbers:
        if number is None:
            raise Untidy
        yield number


def feed_and_leave(consumer: Consumer[Any, Any, Any], failure: type[Exception] | None) -> None:
    """Feed a consumer in a block that ends, or fails."""
    with consumer:
        consumer.send("a message")
        if failure:
            raise failure


@contextmanager
def closed_quietly(generator: Generator[Any, Any, Any]) -> Iterator[None]:
    """Close a generator at the end of the block, whatever it raises, if nobody has."""
    try:
        yield
    finally:
        with suppress(Untidy, RuntimeError):
            generator.close()
