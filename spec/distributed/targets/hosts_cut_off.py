"""A host that is cut off with a task in hand: nothing tells the others but clocks."""

from __future__ import annotations

import re
import subprocess
from threading import Thread
from typing import Any

from concurrency_lib.task_server import Master, TaskServer, Worker, links, serving
from concurrency_lib.task_server.leases import Leases
from spec.distributed.targets import hosts
from spec.distributed.targets.tasking import KEY
from spec.support.deadlines import wait_until

KEPT: list[Any] = []  # what a host keeps between two calls
LEASE = 0.1  # seconds
QUESTION = re.compile(r"timer:\(keepalive,(\d+)(?:sec|\.\d+ms)")  # it counts whole seconds, and below ten thousandths
UNHEARD = "timer:(on,"  # what was sent has not been acknowledged yet


def serve_a_task(address: str, lease: float) -> Any:
    """Serve on this host, with one task to be done; return the port."""
    server = TaskServer((address, 0), key=KEY, lease=lease, tell=lambda _: None)
    master = Master(server.address, KEY)
    master.submit(abs, [-7])
    KEPT.extend([server, master])
    return server.address[1]


def take_a_task(address: tuple[str, int]) -> int:
    """Be a worker that takes a task, and does not begin; return how many it got."""
    KEPT.append(Worker(address, KEY, handshake=2.0))
    return len(KEPT[-1].link.call("exchange", [], [], 1, 5.0).leased)


def value_of_another_worker() -> int:
    """Work on the server's own host; return the value that the master gets."""
    server, master = KEPT
    worker = Worker(server.address, KEY)
    thread = Thread(target=worker.run)
    thread.start()
    value: int = next(master.results()).value()
    worker.stop()
    thread.join()
    return value


def seconds_until_asked(address: str) -> list[int]:
    """Return, for each connection to an address, after how many seconds of silence the kernel asks whether it is there.

    Those of which it does not ask within minutes are left out.
    """
    told = wait_until(lambda: quiet_connections(address), "the acknowledgement of everything")
    return [int(seconds) for seconds in QUESTION.findall(told)]


def quiet_connections(address: str) -> str:
    """Return what is told of the connections to an address, when nothing is on its way there any more."""
    told = subprocess.run(["ss", "-tnoH", "dst", address], capture_output=True, text=True, check=True).stdout
    return "" if UNHEARD in told else told


def task_of_a_host_cut_off() -> tuple[int, int]:
    """Let a host take a task, and pull its cable; return how many it had, and the value that the master gets."""
    with hosts.two_hosts() as (one, other):
        address = hosts.HERE, one.call(serve_a_task, hosts.HERE, LEASE)
        taken = other.call(take_a_task, address)
        one.call(hosts.unplug)
        return taken, one.call(value_of_another_worker)


def questions_between_hosts() -> tuple[list[int], list[int]]:
    """Return after how many seconds the server's host asks about the worker's, and that about the server's."""
    with hosts.two_hosts() as (one, other):
        other.call(take_a_task, (hosts.HERE, one.call(serve_a_task, hosts.HERE, 60.0)))
        return one.call(seconds_until_asked, hosts.THERE), other.call(seconds_until_asked, hosts.HERE)


def leases_without_an_end(patch: Any) -> None:
    """Let no lease run out."""
    patch.setattr(Leases, "expire", lambda _: [])


def nobody_is_asked_after(patch: Any) -> None:
    """Let connections be as they are made."""
    patch.setattr(links, "prepare", lambda _: None)
    patch.setattr(serving, "prepare", lambda _: None)
