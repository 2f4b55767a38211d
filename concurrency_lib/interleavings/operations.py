"""One step of a worker as the search sees it: what it touches, and whether two steps may be swapped.

Keys are names, not addresses: an address means another object in the next run. A key may cover too much, which
costs schedules; it never covers too little. `Node.x` and `Leaf.x` share the key `x`, since both are called
that.
"""

from __future__ import annotations

from typing import NamedTuple

EVERYTHING = "everything"
ANY_ITEM = "[...]"


class Operation(NamedTuple):
    """What a worker is about to do: `key` is what it touches, `where` its file:line."""

    name: str
    key: str
    writes: bool
    where: str

    def __str__(self) -> str:
        return f"{self.name} at {self.where}"


def conflict(one: Operation, other: Operation) -> bool:
    """Tell whether the order of two steps of different workers may matter; when in doubt, it may."""
    if not (one.writes or other.writes):
        return False
    return (
        one.key == other.key
        or EVERYTHING in (one.key, other.key)
        or (ANY_ITEM in (one.key, other.key) and one.key[0] == other.key[0] == "[")
    )


def item_key(index: object) -> str:
    """Return the key of `container[index]`: only texts are told apart: -1 and 1 may be one place."""
    return f"[{index!r}]" if type(index) is str else ANY_ITEM
