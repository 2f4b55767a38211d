"""The bare modelled primitive: the scheduler sees each operation, no real thread blocks.

An operation that may have to wait is a step that can only happen when it need not. With a timeout, or without
blocking, it is a step that can always happen, and fails if it happens while it would have to wait: the places
where it may happen are the moments at which time could run out. Outside an exploration, in `setup` for example,
operations act at once, and one that would have to wait is an error.
"""

from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING, Any

from concurrency_lib.interleavings.explored import callers_frame, explored, place_of
from concurrency_lib.interleavings.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OUTSIDE = -1  # the owner of what was taken in `setup`
_made: dict[int, Iterator[int]] = {}  # by the worker that makes it


def begin() -> None:
    """Count what is made from 1 again: what is made first in each run has the same name in each run."""
    _made.clear()


class Primitive:
    """Something that workers wait for; its name tells when it was made and by whom, not where it lies."""

    def __init__(self) -> None:
        worker = explored()
        maker = worker.index if worker else OUTSIDE
        number = next(_made.setdefault(maker, itertools.count(1)))
        self._key = f"{type(self).__name__} {number}" + (f" of worker {maker}" if worker else "")

    def __str__(self) -> str:
        return self._key

    def owners(self) -> tuple[int, ...]:
        """Return the workers of whom one must act before this can be had, as far as that is known."""
        return ()

    def _step(
        self, name: str, ready: Callable[[], bool] | None = None, *, writes: bool = True, shown: Any = None
    ) -> None:
        """Stop before an operation until it is chosen to happen, which it is only when ready."""
        worker = explored()
        if worker is not None:
            worker.aside = True
            tracer = sys.gettrace()
            if tracer:
                sys.settrace(None)  # it would be called for every call from here on, for nothing
            try:
                operation = Operation(name, self._key, writes, place_of(callers_frame()))
                worker.run.point(worker.index, operation, ready, shown or self)
            finally:
                worker.aside = False
                if tracer:
                    sys.settrace(tracer)
        elif ready is not None and not ready():
            raise RuntimeError(f"{name} would wait for ever outside an exploration: {shown or self}")


def me() -> int:
    """Return the number of the calling worker."""
    worker = explored()
    return worker.index if worker else OUTSIDE


def waits_for_ever(blocking: bool, timeout: float | None) -> bool:  # noqa: FBT001 - as it was given to `acquire`
    """Tell whether the arguments of an `acquire` leave nothing but to wait; refuse what threading refuses."""
    if not blocking and timeout not in (None, -1):
        raise ValueError("can't specify a timeout for a non-blocking call")
    return blocking and (timeout is None or timeout == -1)
