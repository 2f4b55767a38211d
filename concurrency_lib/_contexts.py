"""What the modules that start processes ask of a multiprocessing context, and how they wait for several of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Context(Protocol):
    """A multiprocessing context, the module itself, or whatever is shaped like one."""

    @property
    def Process(self) -> Callable[..., Any]:  # noqa: N802 - multiprocessing's name
        """Make a process that has not started."""

    @property
    def Pipe(self) -> Callable[..., tuple[Any, Any]]:  # noqa: N802 - multiprocessing's name
        """Make a pipe, and return the end to read from and the end to write to."""


class ForkedCopies(list[Any]):
    """Connections of which a forked child has copies that nobody gave it, and which it has to close.

    A pipe only breaks when its last reader is gone, and the copies count. Under the other start methods a child has none:
    there this list is pickled, and arrives empty.
    """

    def __reduce__(self) -> tuple[type[ForkedCopies], tuple[()]]:
        """Pickle an empty list."""
        return ForkedCopies, ()

    def close(self) -> None:
        """Close the copies."""
        for connection in self:
            connection.close()


def wait_for_any(sources: Iterable[Any], timeout: float | None = None) -> list[Any]:
    """Return those of the connections and sentinels that are ready, at least one unless `timeout` seconds pass."""
    # Imported here because this import, unlike multiprocessing's own, fails where no process can be started.
    from multiprocessing.connection import wait  # noqa: PLC0415

    return wait(list(sources), timeout)
