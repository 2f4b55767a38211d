"""Generators that do not note what their yields receive, one way or another."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

Listener = Generator[int | None, Any, None]


def deaf(heard: list[Any]) -> Listener:
    """Note a word of its own, whatever is sent."""
    while True:
        yield len(heard)
        heard.append("deaf")


def copying(heard: list[Any]) -> Listener:
    """Note what a thing looks like that is sent."""
    while True:
        heard.append(str((yield len(heard))))


def filling_in(heard: list[Any]) -> Listener:
    """Note a zero where nothing comes in."""
    while True:
        heard.append((yield len(heard)) or 0)


def taking_apart(heard: list[Any]) -> Listener:
    """Take in at one yield, and hand out at another."""
    while True:
        heard.append((yield None))
        yield len(heard)


def swallowing(heard: list[Any]) -> Listener:
    """Wait once more where an exception comes in."""
    try:
        yield len(heard)
    except LookupError:
        yield len(heard)
