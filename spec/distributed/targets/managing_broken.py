"""Servers of managers, and what runs beside them, broken."""

from __future__ import annotations

import io
import multiprocessing.connection
import multiprocessing.managers
import pickle
import queue
from multiprocessing.managers import BaseManager
from typing import TYPE_CHECKING, Any

from spec.distributed.targets import managing

if TYPE_CHECKING:
    from collections.abc import Callable

    from spec.support.sabotage import Patch


def one_queue_for_both(patch: Patch) -> None:
    """Let every name stand for the same queue."""
    patch.setattr(managing, "held", lambda _: managing.QUEUES["jobs"])


def a_queue_for_each_call(patch: Patch) -> None:
    """Make a new queue for whoever asks."""
    patch.setattr(managing, "held", lambda _: queue.Queue())


class TextQueue(queue.Queue[Any]):
    """Keeps what a value looks like."""

    def put(self, item: Any, *waiting: Any, **options: Any) -> None:
        """Put a text."""
        super().put(repr(item), *waiting, **options)


class HastyQueue(queue.Queue[Any]):
    """Waits for nothing."""

    def get(self, *_: Any, **__: Any) -> Any:
        """Take what is there, or give up."""
        return super().get(block=False)


def queues_for_texts(patch: Patch) -> None:
    """Let the queues pass on what a value looks like."""
    patch.setattr(managing, "QUEUES", {name: TextQueue() for name in managing.QUEUES})


def queues_that_wait_for_nothing(patch: Patch) -> None:
    """Let the queues give up at once."""
    patch.setattr(managing, "QUEUES", {name: HastyQueue() for name in managing.QUEUES})


def house_without_a_number(patch: Patch) -> None:
    """Let the house tell of no process."""
    patch.setattr(managing.House, "pid", lambda _: 0)


class Harmless(pickle.Unpickler):
    """Calls nothing that a pickle names."""

    def find_class(self, *_: str) -> Any:
        """Put a function in its place that does nothing."""
        return lambda *_: "nothing was called"


def pickles_that_call_nothing(patch: Patch) -> None:
    """Let what arrives over connections name no function that is called."""
    reader = type("Pickler", (), {"loads": lambda data: Harmless(io.BytesIO(data)).load()})
    reader.dumps = multiprocessing.connection._ForkingPickler.dumps  # type: ignore[attr-defined]  # noqa: SLF001
    patch.setattr(multiprocessing.connection, "_ForkingPickler", reader)


def server_that_knows_every_name(patch: Patch) -> None:
    """Let a name that is unknown to the server stand for the jobs."""
    create: Callable[..., Any] = multiprocessing.managers.Server.create

    def create_anyway(self: Any, connection: Any, name: str, /, *args: Any, **options: Any) -> Any:
        return create(self, connection, name if name in self.registry else "get_jobs", *args, **options)

    patch.setattr(multiprocessing.managers.Server, "create", create_anyway)


def base_that_passes_nothing_on(patch: Patch) -> None:
    """Let a class register names for itself alone, and then forget them."""
    patch.setattr(BaseManager, "register", classmethod(lambda *_, **__: None))


def manager_at_one_interface(patch: Patch) -> None:
    """Have a manager listen at loopback, whatever host it is told; a new network would not even have that."""
    honest = managing.Queues
    patch.setattr(managing, "leave_the_network", lambda: None)
    patch.setattr(managing, "Queues", lambda _, key: honest(("127.0.0.1", 0), key))


def one_register_for_all(patch: Patch) -> None:
    """Let every class register on the class that all derive from."""
    register: Callable[..., None] = BaseManager.register.__func__  # type: ignore[attr-defined]
    patch.setattr(BaseManager, "register", classmethod(lambda _, *args: register(BaseManager, *args)))


def child_that_says_something_else(patch: Patch) -> None:
    """Let the child put another word."""
    patch.setattr(managing, "word", lambda: "something else")


def nothing_that_is_jobs(patch: Patch) -> None:
    """Let the name that stands for nothing stand for the jobs."""
    create: Callable[..., Any] = multiprocessing.managers.Server.create

    def create_jobs(self: Any, connection: Any, name: str, /, *args: Any, **options: Any) -> Any:
        return create(self, connection, name.replace("nothing", "jobs"), *args, **options)

    patch.setattr(multiprocessing.managers.Server, "create", create_jobs)


class ManagerOfNothing:
    """Hands out a queue of the process that asks."""

    def get_jobs(self) -> queue.Queue[Any]:
        """Make a queue."""
        return queue.Queue()


class Originals:
    """Queues of the process that asks, in the place of proxies."""

    def __init__(self, number: int) -> None:
        self._queues: list[queue.Queue[Any]] = [queue.Queue() for _ in range(number)]

    def __enter__(self) -> list[queue.Queue[Any]]:
        return self._queues

    def __exit__(self, *_: object) -> None:
        pass
