"""Which classes of managers know a name that is registered on one of them."""

from __future__ import annotations

from multiprocessing.managers import BaseManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def classes_that_know(name: str, register_on: Callable[[type, type], type]) -> list[str]:
    """Register a name on one class, and return which of three know it: the base, one, and one made later."""
    one = type("One", (BaseManager,), {})
    register_on(BaseManager, one).register(name)  # type: ignore[attr-defined]
    later = type("Later", (BaseManager,), {})
    return [each.__name__ for each in (BaseManager, one, later) if hasattr(each, name)]


def the_base(base: type, _: type) -> type:
    """Choose the base."""
    return base


def the_derived(_: type, derived: type) -> type:
    """Choose the class that was derived."""
    return derived
