"""Servers of managers that are gone at the end of a block, and the proxies and ports beside them.

Servers listen at a socket of this machine unless they are told a port, and then they are prompt.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from spec.distributed.targets.managing import Queues, connected, local_address, put_jobs
from spec.support.deadlines import put_away
from spec.support.outcomes import raised_by

KEY = secrets.token_bytes(16)
LOOPBACK = "127.0.0.1"


@contextmanager
def served(context: Any, *, address: Any = None, key: bytes = KEY, jobs: Sequence[Any] = ()) -> Iterator[Any]:
    """Yield a manager whose server, in a process of its own, begins with some jobs; shut it down at the block's end."""
    manager = Queues(address or local_address(), key, ctx=context)
    try:
        manager.start(put_jobs, (jobs,))
        yield manager
    finally:
        leave(manager)


def leave(manager: Any) -> None:
    """Shut down a manager's server, if it was started, and leave nothing of its process."""
    if hasattr(manager, "shutdown"):
        manager.shutdown()
        put_away(manager._process)  # noqa: SLF001 - the manager offers no way to wait for it


@contextmanager
def proxies_of(manager: Any, *names: str) -> Iterator[list[Any]]:
    """Yield what a manager hands out for some names; close the connection of this thread to it afterwards."""
    with ExitStack() as closing:
        found = []
        for name in names:
            found.append(getattr(manager, name)())
            closing.callback(found[-1]._close)  # noqa: SLF001 - no public call closes the connection of a proxy
        yield found


@contextmanager
def reserved_port() -> Iterator[int]:
    """Yield a port of loopback that nobody else is given meanwhile, and at which nobody listens yet."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # lets another listen there
        holder.bind((LOOPBACK, 0))
        yield holder.getsockname()[1]


def connect(address: Any, key: Any = KEY) -> Any:
    """Return a manager that knows names alone, and has reached the server at an address."""
    return connected(address, key)


def ended_in(call: Callable[..., Any], *args: Any, **options: Any) -> Exception | None:
    """Return the exception in which a call ends, or None, without the frames that would keep its connection open."""
    error = raised_by(call, *args, **options)
    return error and error.with_traceback(None)


def shown(outcome: Exception | None) -> str:
    """Say how connecting ended."""
    return "let in" if outcome is None else repr(outcome)
