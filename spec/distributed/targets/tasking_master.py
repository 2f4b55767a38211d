"""Masters that register, start and put in different orders, and run into troubles of the network."""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.connection import Client
from multiprocessing.managers import BaseManager, dispatch
from typing import Any

from spec.distributed.targets import tasking
from spec.distributed.targets.managing import local_address
from spec.distributed.targets.tasking import KEY, Queues, Visitor, started, tasks, visit


def events_of_a_master() -> tuple[list[str], int, int]:
    """Register, start and put, as a master does; return what it did, its id, and the id of where the queue lives."""
    did: list[str] = []

    class Noting(Queues):
        pass

    Noting.register("more", callable=tasks)
    did.append("register")
    manager = Noting(local_address(), KEY, ctx=multiprocessing.get_context("fork"))
    manager.start()
    did.append("start")
    with manager:
        manager.more().put(1)
        did.append("put")
        return did, os.getpid(), tasking.pid_of(manager)


def registered_too_late() -> None:
    """Register a name after the start, and ask for it."""

    class Hasty(Queues):
        pass

    manager = Hasty(local_address(), KEY, ctx=multiprocessing.get_context("fork"))
    with started_before(manager, lambda: Hasty.register("late", callable=tasks)):
        manager.late()  # type: ignore[attr-defined]


def started_before(manager: Any, register: Any) -> Any:
    """Start a manager, and then register."""
    manager.start()
    register()
    return manager


def registered_in_time(patch: Any) -> None:
    """Start a manager only when everything has been registered."""

    def started_after(manager: Any, register: Any) -> Any:
        register()
        manager.start()
        return manager

    patch.setattr(sys.modules[__name__], "started_before", started_after)


def exceptions_of_trouble(trouble: str) -> list[str]:
    """Run into one of the troubles of a manager's client; return the names of the exception and of its bases."""
    try:
        run_into(trouble)
    except Exception as error:  # noqa: BLE001 - what it is, is the point
        return [kind.__name__ for kind in type(error).__mro__]
    return ["no exception"]


def run_into(trouble: str) -> None:
    """Use another key, or go where no server is, or go on when it is gone."""
    manager = started()
    source = manager.tasks()
    source.put(0)
    if trouble == "wrong key":
        with manager:
            Visitor(manager.address, b"another").connect()
    if trouble == "no server":
        address = manager.address
        manager.shutdown()
        visit(address)
    manager.shutdown()
    source.put(1)


def one_name_for_every_trouble(patch: Any) -> None:
    """Tell of every trouble as an error of the operating system."""

    def fail(_: str) -> None:
        raise OSError("network")

    patch.setattr(sys.modules[__name__], "run_into", fail)


class DeskVisitor(BaseManager):
    """A manager that knows the name of the library's desk."""


DeskVisitor.register("tasks")


def desk_of(address: Any, key: bytes) -> Any:
    """Reach the library's desk as any manager's object is reached."""
    visitor = DeskVisitor(address, key)
    visitor.connect()
    return visitor.tasks()


def ask_for_shutdown(address: Any, key: bytes) -> None:
    """Ask a manager's server to shut down, as the standard library does."""
    with Client(address, authkey=key) as client:
        dispatch(client, None, "shutdown")
