"""What two hosts do for each other: queues and tasks of the one, done by the other."""

from __future__ import annotations

import multiprocessing
import socket
import sys
from pathlib import Path
from typing import Any

from concurrency_lib.task_server import Master, TaskServer, Worker
from spec.distributed.targets import hosts
from spec.distributed.targets.networks import leave_the_network
from spec.distributed.targets.tasking import KEY, Queues, visit

SERVERS: list[Any] = []  # what a host keeps between two calls


def serve_tasks(address: str) -> Any:
    """Serve tasks on this host; return the port."""
    SERVERS.append(TaskServer((address, 0), key=KEY, tell=lambda _: None))
    return SERVERS[-1].address[1]


def master_of(numbers: list[int]) -> list[int]:
    """Be the master of this host's server: return the absolute values of some numbers."""
    with Master(SERVERS[-1].address, KEY) as master:
        found = list(master.map(abs, numbers))
    SERVERS[-1].close()
    return found


def work_for(address: tuple[str, int]) -> int:
    """Work for a server, to its end; return how many results it accepted."""
    return Worker(address, KEY, handshake=2.0).run()


def serve_queues(address: str) -> Any:
    """Serve two queues on this host by a manager; return the port."""
    manager = Queues((address, 0), KEY, ctx=multiprocessing.get_context("fork"))
    manager.start()
    SERVERS.append(manager)
    return manager.address[1]


def put_and_get(numbers: list[int]) -> list[int]:
    """Put numbers for whoever works, and get what comes back, by this host's manager."""
    manager = SERVERS[-1]
    source, sink = manager.tasks(), manager.results()
    for number in numbers:
        source.put(number)
    found = [sink.get(timeout=20) for _ in numbers]
    manager.shutdown()
    return found


def double_for(address: tuple[str, int], number: int) -> str:
    """Double some numbers of another host's queues."""
    visitor = visit(address)
    source, sink = visitor.tasks(), visitor.results()
    for _ in range(number):
        sink.put(2 * source.get(timeout=20))
    return hosts.network()


def queues_across_hosts(numbers: list[int]) -> tuple[list[int], str, str]:
    """Let one host's numbers be doubled on another; return them, and both networks."""
    with hosts.two_hosts() as (one, other):
        address = hosts.HERE, one.call(serve_queues, hosts.HERE)
        other.begin(double_for, address, len(numbers))
        return one.call(put_and_get, numbers), one.network, other.answer()


def tasks_across_hosts(numbers: list[int]) -> tuple[list[int], int]:
    """Let one host's tasks be done on another; return the values, and how many results it had accepted."""
    with hosts.two_hosts() as (one, other):
        address = hosts.HERE, one.call(serve_tasks, hosts.HERE)
        other.begin(work_for, address)
        return one.call(master_of, numbers), other.answer()


def reach_loopback() -> tuple[str, str]:
    """Serve on one host's loopback alone; return what became of a client on the other, and of one on the same."""
    with hosts.two_hosts() as (one, other):
        port = one.call(serve_tasks, "127.0.0.1")
        return other.call(connect, (hosts.HERE, port)), one.call(connect, ("127.0.0.1", port))


def connect(address: tuple[str, int]) -> str:
    """Connect, and say so."""
    with socket.create_connection(address, timeout=2.0):
        return "connected"


def child_stays_here() -> tuple[str, str]:
    """Start a process as multiprocessing does; return this process's network and kernel start, and the child's."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=tell_where, args=(there,))
    process.start()
    process.join()
    return where(), here.recv()


def tell_where(door: Any) -> None:
    """Tell where this process is."""
    door.send(where())


def where() -> str:
    """Return which kernel's process this is, by the start of its machine, and its network."""
    return f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()} {hosts.network()}"


def child_elsewhere(patch: Any) -> None:
    """Start a process in another network."""

    def tell_from_elsewhere(door: Any) -> None:
        leave_the_network()
        door.send(where())

    patch.setattr(sys.modules[__name__], "tell_where", tell_from_elsewhere)


def open_to_everybody(patch: Any) -> None:
    """Serve at every address, whatever was asked for."""
    begin = TaskServer.__init__

    def everywhere(self: TaskServer, _: Any, **options: Any) -> None:
        begin(self, ("0.0.0.0", 0), **options)

    patch.setattr(TaskServer, "__init__", everywhere)


def loopback_for_all(patch: Any) -> None:
    """Serve at loopback, whatever was asked for."""
    begin = TaskServer.__init__

    def at_home(self: TaskServer, _: Any, **options: Any) -> None:
        begin(self, ("127.0.0.1", 0), **options)

    patch.setattr(TaskServer, "__init__", at_home)
    patch.setattr(sys.modules[__name__], "master_of", close_at_once)


def close_at_once(_: list[int]) -> list[int]:
    """Close this host's server; nobody works for it."""
    SERVERS[-1].close(0.0)
    return []
