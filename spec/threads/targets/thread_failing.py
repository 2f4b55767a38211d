"""Functions that raise in threads, observed in the clean room."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from spec.support.deadlines import ends

if TYPE_CHECKING:
    from spec.support.sabotage import Patch


class Ending(NamedTuple):
    """What became of a thread whose function raised."""

    joined: str  # what join raised
    told: list[tuple[str, str]]  # what the hook for such cases was told: the exception and the thread


def fail() -> None:
    """Raise."""
    raise ValueError("in the thread")


def end_by_an_exception() -> Ending:
    """Join a thread whose function raises."""
    told: list[tuple[str, str]] = []
    threading.excepthook = lambda args: told.append((args.exc_type.__name__, args.thread.name))
    thread = threading.Thread(target=fail, name="failing")
    thread.start()
    ends(thread)
    try:
        thread.join()
    except ValueError as error:
        return Ending(type(error).__name__, told)
    return Ending("nothing", told)


class Telling(threading.Thread):
    """A thread whose join raises what its function raised."""

    def run(self) -> None:
        """Keep the exception."""
        try:
            super().run()
        except ValueError as error:
            self.error = error

    def join(self, timeout: float | None = None) -> None:
        """Raise the exception."""
        super().join(timeout)
        raise self.error


def join_that_raises(patch: Patch) -> None:
    """Have joining a thread raise what its function raised."""
    patch.setattr(threading, "Thread", Telling)
