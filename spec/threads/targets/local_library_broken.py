"""Ways in which `PerThread` could break what it promises."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from concurrency_lib.thread_local import Anchor, PerThread, Ticket

honest_close = PerThread.close


def make_without_looking_again(self: Any) -> Any:
    """Make a resource, whoever has closed meanwhile."""
    resource, ticket = self._make(), Ticket()
    self._open[ticket] = resource
    self._local.anchor = Anchor(self, ticket)
    return resource


def close_and_then_forget(self: Any, ticket: Any) -> None:
    """Close a resource once it is asked for, and forget it after that."""
    if ticket not in self._open or len(self._failed) > 5:
        return
    self._failed.append(ticket)
    self._close(self._open[ticket])
    self._open.pop(ticket, None)


def close_nothing(self: Any) -> None:
    """Take the owner for closed, and leave the resources open."""
    self._closed = True


def close_and_tell_of_one(self: Any) -> None:
    """Close everything, and tell of the first error alone."""
    try:
        honest_close(self)
    except ExceptionGroup as group:
        raise group.derive(group.exceptions[:1]) from None


def make_after_a_failure(self: Any) -> Any:
    """Make a resource, or remember what stood in for one that could not be made."""
    try:
        resource = self._make()
    except Exception:
        self._open[Ticket()] = 1
        raise
    self._open[Ticket()] = resource
    return resource


def close_in_silence(self: Any, ticket: Any) -> None:
    """Close a resource, and say nothing of an error."""
    with suppress(KeyError, OSError):
        self._close(self._open.pop(ticket))
