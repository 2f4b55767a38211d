"""The chapter's samples about thread-locals, executed here: what they define, without what they lack or with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spec.support.programs import Program


class Guest:
    """What the fragments make for each name, and define nowhere."""

    def __init__(self, name: str) -> None:
        self.name = name


def defined_by(program: Program, **names: Any) -> dict[str, Any]:
    """Execute a program that finds these names defined; return all that is defined then."""
    defined = {"__name__": f"{__package__}.samples.{program.name.removesuffix('.py')}", **names}
    exec(compile(program.source, program.name, "exec"), defined)
    return defined


class Kitchen:
    """The two subtasks that the fragments call, and a note of whom each was done for."""

    def __init__(self) -> None:
        self.served: list[tuple[str, Any]] = []

    def does(self, task: str) -> Callable[[Any], None]:
        """Return a subtask that takes a guest."""
        return lambda guest: self.served.append((task, guest))

    def does_for(self, task: str, find: Callable[[], Any]) -> Callable[[], None]:
        """Return a subtask that finds its guest by itself."""
        return lambda: self.served.append((task, find()))


def error_of(call: Callable[..., object], *args: Any) -> type[Exception] | None:
    """Return the class of the exception in which a call ends, or None."""
    try:
        call(*args)
    except Exception as error:  # noqa: BLE001 - the requirement says which it expects
        return type(error)
    return None
