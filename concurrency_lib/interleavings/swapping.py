"""The standard primitives swapped for modelled ones, for one exploration and only for what is explored.

What stands in for `threading.Lock` meanwhile looks who asks: `setup` and the workers get a modelled lock, any
other thread gets the real one. A name that was imported earlier (`from threading import Lock`) is beyond its
reach.
"""

from __future__ import annotations

import queue
import sys
import threading
from _thread import get_ident
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from concurrency_lib.interleavings import barriers, conditions, locks, queues, signals
from concurrency_lib.interleavings.explored import EXPLORED

if TYPE_CHECKING:
    from collections.abc import Iterator

MODELS = {
    threading: (
        locks.Lock, locks.RLock, conditions.Condition, signals.Event, signals.Semaphore,
        signals.BoundedSemaphore, barriers.Barrier,
    ),
    queue: (queues.Queue, queues.LifoQueue, queues.PriorityQueue, queues.SimpleQueue),
}  # fmt: skip

no_swap = nullcontext


class Stand(type):
    """The class of the classes that stand in: calling one of them makes the real thing, or its model."""

    real: Any
    model: Any
    explorer: int

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Make the model for the explored, and the real thing for anyone else."""
        asked_by = get_ident()
        modelled = asked_by in EXPLORED or asked_by == cls.explorer
        if sys._getframe(1).f_globals is vars(threading):  # noqa: SLF001 - there is no other way to a caller's frame
            modelled = False
        return (cls.model if modelled else cls.real)(*args, **kwargs)

    def __instancecheck__(cls, instance: object) -> bool:
        """Tell whether it is a real one or a model."""
        real = cls.real if isinstance(cls.real, type) else type(cls.real())
        return isinstance(instance, (real, cls.model))


@contextmanager
def swapped() -> Iterator[None]:
    """Swap them while the context lasts."""
    real = {(module, model.__name__): getattr(module, model.__name__) for module in MODELS for model in MODELS[module]}
    for module, models in MODELS.items():
        for model in models:
            parts = {"real": real[module, model.__name__], "model": model, "explorer": get_ident()}
            setattr(module, model.__name__, Stand(model.__name__, (), parts))
    try:
        yield
    finally:
        for (module, name), value in real.items():
            setattr(module, name, value)
