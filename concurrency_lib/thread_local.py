"""ThreadLocal for what must be closed again: a resource per thread.

A thread that asks for the first time has a resource made, and the same one ever after; no other thread is
given it. It is closed once: when its thread has ended, or when the owner of them all closes.
"""

from __future__ import annotations

import os
from threading import Thread, current_thread, local
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PerThread"]

Resource = TypeVar("Resource")


class PerThread(Generic[Resource]):
    """A resource for each thread, from `make()`; when it has had its time, `close(resource)` closes it.

    Which thread closes a resource is open: the one that ends or, where the interpreter does not count
    references, another, at the latest the one that next has a resource made; or the one that calls `close`.
    So what is made must allow any thread to close it, as an SQLite connection does that was opened with
    `check_same_thread=False`. Nothing here waits: a thread that ends while the owner closes may be later.

    A forked child has resources of its own made, and closes none of its parent's.
    """

    def __init__(self, make: Callable[[], Resource], close: Callable[[Resource], object]) -> None:
        self._make, self._close = make, close
        self._local = local()
        self._open: dict[Ticket, Resource] = {}
        self._failed: list[Ticket] = []
        self._closed = False

    def get(self) -> Resource:
        """Return this thread's resource.

        What `make` raises is raised here, and the next call tries again. Raises ValueError once the owner
        has closed.
        """
        self._check()
        anchor = getattr(self._local, "anchor", None)
        if anchor is None or anchor.ticket.of_parent():
            return self._make_one()
        try:
            return self._open[anchor.ticket]
        except KeyError:
            raise self._refusal() from None

    def close(self) -> None:
        """Close the resources of all threads; no thread is given one afterwards.

        Raises an ExceptionGroup of what closing them raised, now or when a thread ended, after all have been
        asked to close. What was not raised yet the next call raises.
        """
        self._closed = True
        for ticket in list(self._open):
            self._end(ticket)
        failures = []
        while self._failed:
            ticket = self._failed.pop()
            if ticket.failure and not ticket.of_parent():
                failures.append(ticket.failure)
        if failures:
            raise ExceptionGroup(f"{self._name()}: {len(failures)} not closed", failures)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _make_one(self) -> Resource:
        for ticket in list(self._open):
            if ticket.is_left():
                self._end(ticket)
        resource, ticket = self._make(), Ticket()
        self._open[ticket] = resource
        self._local.anchor = Anchor(self, ticket)
        if self._closed:  # meanwhile: then whoever closed may not have seen this one
            self._end(ticket)
            raise self._refusal() from ticket.failure
        return resource

    def _end(self, ticket: Ticket) -> None:
        """Close a resource, unless another thread was faster or it belongs to the process that forked."""
        if ticket.of_parent():
            return
        try:
            resource = self._open.pop(ticket)  # one step: there is no lock for a fork or a finaliser to meet
        except KeyError:
            return
        try:
            self._close(resource)
        except Exception as error:  # noqa: BLE001 - the owner's close tells
            ticket.failure = error
            self._failed.append(ticket)

    def _check(self) -> None:
        if self._closed:
            raise self._refusal()

    def _refusal(self) -> ValueError:
        return ValueError(f"{self._name()}: expected to be open, it is closed")

    def _name(self) -> str:
        return f"{type(self).__name__} of {getattr(self._make, '__qualname__', self._make)}"


class Ticket:
    """Stands for one resource: whose it is, and what became of it."""

    def __init__(self) -> None:
        self.thread: Thread = current_thread()
        self.pid = os.getpid()
        self.failure: Exception | None = None

    def of_parent(self) -> bool:
        """Tell whether this process has it from the one that forked it."""
        return self.pid != os.getpid()

    def is_left(self) -> bool:
        """Tell whether its thread has ended."""
        return not self.thread.is_alive()


class Anchor:
    """Lies among a thread's locals, and goes when they go."""

    def __init__(self, owner: PerThread[Any], ticket: Ticket) -> None:
        self.owner, self.ticket = owner, ticket

    def __del__(self) -> None:
        self.owner._end(self.ticket)  # noqa: SLF001 - a part of it
