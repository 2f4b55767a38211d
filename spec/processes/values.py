"""What may go through a queue, a pipe or a channel, for promises that hold for any input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as some

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

PIPE_BUFFER = 65536  # what an ordinary pipe of Linux holds: a larger item is in two places at once on its way

_TEXT = some.text(some.sampled_from("aZ09 é漢\0\n\ud800\U0001f40d"))  # one of each kind, without a table of all
_SCALARS = some.one_of(some.booleans(), some.integers(), some.floats(allow_nan=False), some.binary(max_size=20), _TEXT)
_KEYS = some.one_of(some.integers(), _TEXT, some.frozensets(some.integers(), max_size=3))

PICKLABLE: SearchStrategy[object] = some.recursive(
    _SCALARS,
    lambda inner: some.one_of(
        some.lists(inner, max_size=4), some.tuples(inner, inner), some.dictionaries(_KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)
ANY_SIZE: SearchStrategy[bytes] = some.integers(0, 3 * PIPE_BUFFER).map(bytes)
ITEM = PICKLABLE | ANY_SIZE
