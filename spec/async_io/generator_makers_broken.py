"""Things in the place of a generator function, and a mark that takes any function for one."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from spec.async_io.generator_pairs import Turns, squaring

Squaring = Generator[int | str, int, None]


def squaring_at_once(turns: Turns) -> Squaring:
    """Run up to the first yield, and hand out what is left."""
    generator = squaring(turns)
    next(generator)
    return generator


class Maker:
    """A function to which one can send."""

    def __init__(self) -> None:
        self.made: Squaring | None = None

    def __call__(self, turns: Turns) -> Squaring:
        """Return the one generator that there is."""
        self.made = self.made or squaring(turns)
        return self.made

    def send(self, message: Any) -> None:
        """Answer nothing."""

    def close(self) -> None:
        """Close nothing."""


def mark_anything(function: Any) -> Any:
    """Mark a function as a consumer, whatever it is."""
    return function
