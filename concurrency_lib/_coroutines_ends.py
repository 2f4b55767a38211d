"""How generators are brought to their ends."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

Result = TypeVar("Result")


class Stubborn(Exception):
    """A generator that was closed yielded again; it is left where it stands, and is given no more turns."""

    def __str__(self) -> str:
        return f"yields where it is to end: {self.args[0]}"


def end(generator: Generator[Any, Any, Result]) -> Result | None:
    """Raise GeneratorExit where a generator waits; return what it returns, if anything, and raise what it raises.

    Raises Stubborn if it yields.
    """
    try:
        # Not by close(): that hands on what was returned only from 3.13 on, and has no name for what yields.
        generator.throw(GeneratorExit())
    except GeneratorExit:
        return None
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]
    raise Stubborn(name_of(generator))


def name_of(generator: Generator[Any, Any, Any]) -> str:
    """Return the name of a generator's function."""
    return str(getattr(generator, "__name__", generator))
