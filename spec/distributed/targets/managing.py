"""The managers of these claims: what their servers publish, and what runs beside them in children."""

from __future__ import annotations

import multiprocessing
import os
import queue
import secrets
import threading
from multiprocessing.managers import BaseManager
from typing import TYPE_CHECKING, Any

from spec.distributed.targets.networks import leave_the_network
from spec.distributed.targets.prompt import PromptServer
from spec.support.deadlines import deadline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

QUEUES: dict[str, queue.Queue[Any]] = {"jobs": queue.Queue(), "answers": queue.Queue()}


def held(name: str) -> queue.Queue[Any]:
    """Return the queue of this process that a name stands for."""
    return QUEUES[name]


def get_jobs() -> queue.Queue[Any]:
    """Return the queue of jobs of this process."""
    return held("jobs")


def get_answers() -> queue.Queue[Any]:
    """Return the queue of answers of this process."""
    return held("answers")


def put_jobs(jobs: Sequence[Any]) -> None:
    """Put some jobs into the queue of this process."""
    for job in jobs:
        get_jobs().put(job)


class House:
    """An object that tells in which process it lives."""

    def pid(self) -> int:
        """Return that process's id."""
        return os.getpid()


class Queues(BaseManager):
    """Publishes two queues and a house, and a name that stands for nothing."""

    _Server = PromptServer


Queues.register("get_jobs", callable=get_jobs)
Queues.register("get_answers", callable=get_answers)
Queues.register("get_house", callable=House)
Queues.register("get_nothing")


class QueuesByLambda(BaseManager):
    """Publishes a queue by a function that has no name."""


QueuesByLambda.register("get_jobs", callable=lambda: held("jobs"))


class Names(BaseManager):
    """Knows names alone, one of which no server knows."""


Names.register("get_jobs")
Names.register("get_answers")
Names.register("get_what_nobody_publishes")


def local_address() -> str:
    """Make up a name for a socket of this machine that leaves no file behind."""
    return f"\0{secrets.token_hex(8)}"


def published_by_lambda(method: str) -> int:
    """Put a job by one proxy of a lambda's queue; return how many another proxy finds."""
    manager = QueuesByLambda(local_address(), b"a key", ctx=multiprocessing.get_context(method))
    manager.start()
    try:
        manager.get_jobs().put("a job")  # type: ignore[attr-defined]
        return int(manager.get_jobs().qsize())  # type: ignore[attr-defined]
    finally:
        manager.shutdown()


def jobs_seen_by_a_server_here() -> int:
    """Put a job into the queue itself, beside a server in a thread; return how many a proxy finds."""
    server = Queues(local_address(), b"a key").get_server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    QUEUES["jobs"].put("a job")
    names = Names(server.address, b"a key")
    names.connect()
    return int(names.get_jobs().qsize())  # type: ignore[attr-defined]


def host_in_a_network_of_its_own(host: str) -> str:
    """Return where a manager listens that is told this host, with no other machine that could reach it."""
    leave_the_network()
    server = Queues((host, 0), b"of nobody").get_server()
    server.listener.close()  # type: ignore[attr-defined]
    return str(server.address[0])


def connected(address: Any, key: bytes) -> Names:
    """Return a manager of names that has reached a server."""
    names = Names(address, key)
    names.connect()
    return names


def answer_one(address: Any, key: bytes) -> None:
    """Take one job over a connection of this process's own, and put it back as an answer beside this process's id."""
    names = connected(address, key)
    job = names.get_jobs().get(timeout=deadline())  # type: ignore[attr-defined]
    names.get_answers().put((os.getpid(), job))  # type: ignore[attr-defined]


def word() -> str:
    """Return what a child has to say."""
    return "from the child"


def put_word(shared: Any) -> None:
    """Put a child's word into a queue that was handed over."""
    shared.put(word())


def send_word(send: Callable[[str], None]) -> None:
    """Send a child's word."""
    send(word())
