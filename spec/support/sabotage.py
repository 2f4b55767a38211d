"""What a saboteur receives: a way to patch the parent, the claim's module, and the children to come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Protocol


class Patch(Protocol):
    """The one operation that works in the parent and in a child alike."""

    def setattr(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute that exists."""


ChildSabotage = Callable[[Patch], None]


_under_way = False


def under_way() -> bool:
    """Whether the item that runs now is sabotaged: a failure is what it is for, and needs no explaining."""
    return _under_way


@contextmanager
def begun() -> Iterator[None]:
    """Let `under_way` be true for the block."""
    global _under_way  # noqa: PLW0603 - one item runs at a time in a process
    _under_way = True
    try:
        yield
    finally:
        _under_way = False


class Sabotage:
    """Patches a world for one item; the parent's part is undone by whoever made `monkeypatch`.

    `in_children` are carried by qualified name to every child started through the context or the clean room
    that the item was handed, and run there before the child's target.
    """

    def __init__(self, monkeypatch: Any, module: ModuleType) -> None:
        self._monkeypatch = monkeypatch
        self._module = module
        self.in_children: list[ChildSabotage] = []
        self.loop_factory: Callable[[], Any] | None = None

    def setattr(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute that exists, of an object, a class or a module of the library."""
        self._monkeypatch.setattr(target, name, value)

    def setenv(self, name: str, value: str) -> None:
        """Set an environment variable."""
        self._monkeypatch.setenv(name, value)

    def here(self, **names: Any) -> None:
        """Give names of the claim's own module other values: a seam that the module itself offers."""
        for name, value in names.items():
            self._monkeypatch.setattr(self._module, name, value)

    def in_child(self, break_it: ChildSabotage) -> None:
        """Break the child's world: `break_it(patch)` runs there first; it lives in a light module."""
        self.in_children.append(break_it)

    def loop(self, factory: Callable[[], Any]) -> None:
        """Hand the item event loops of another make, such as a broken subclass of the standard library's."""
        self.loop_factory = factory


class ChildPatch:
    """Patches a child for good: it ends soon anyway."""

    def setattr(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute that exists."""
        getattr(target, name)
        setattr(target, name, value)


def sabotage_this_process(carried: Sequence[ChildSabotage]) -> None:
    """Apply what a child was sent with; whoever asks there learns that it is sabotaged."""
    global _under_way  # noqa: PLW0603 - as in `begun`
    _under_way = bool(carried)
    for break_it in carried:
        break_it(ChildPatch())
