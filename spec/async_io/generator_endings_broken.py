"""A generator that has two endings, and ways of closing one that lose something of its end."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from typing import Any

from spec.async_io.generator_endings import Untidy, tidying


def tidying_twice(notes: list[str]) -> Generator[None, Any, None]:
    """Note the end twice."""
    try:
        yield from tidying(notes)
    finally:
        notes.append("finally")


def close_quietly(generator: Generator[Any, Any, Any]) -> None:
    """Close a generator, whatever it returns."""
    generator.close()


def end_by_close(generator: Generator[Any, Any, Any]) -> Any:
    """Close a generator, whatever comes of it."""
    try:
        return generator.close()
    except RuntimeError:
        return None


def keep_errors_of_close(generator: Generator[Any, Any, Any]) -> None:
    """Close a generator, and keep what it raises."""
    with suppress(Untidy):
        generator.close()


def leave_open(*_: object) -> None:
    """Close nothing."""
