"""Two hosts on this machine: processes in network namespaces of their own, with a cable between them."""

from __future__ import annotations

import multiprocessing
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from spec.distributed.targets.networks import leave_the_network

HERE, THERE = "10.77.0.1", "10.77.0.2"


def live_on_a_host(door: Any) -> None:
    """Be a process of another host, and call there what arrives, until nothing more does."""
    leave_the_network()
    door.send(network())
    while (order := door.recv()) is not None:
        function, args = order
        try:
            door.send(function(*args))
        except Exception as error:  # noqa: BLE001 - the other side's to judge
            door.send(f"{type(error).__name__}: {error}")


def network() -> str:
    """Return the network that this process is in."""
    return str(Path("/proc/self/ns/net").readlink())


def plug_in(address: str, peer: int | None) -> None:
    """Bring this host's network up: with a new cable to the host of a peer, or with the end that is there."""
    cable = [f"link add cable type veth peer name cable netns {peer}"] if peer else []
    ask_again = "ntable change name arp_cache dev cable retrans 10"  # after 10 ms, not a second, for a lost address
    lines = [*cable, f"address add {address}/24 dev cable", ask_again, "link set cable up", "link set lo up"]
    subprocess.run(["ip", "-batch", "-"], input="\n".join(lines), text=True, check=True, capture_output=True)


def unplug() -> None:
    """Pull the cable out of this host: what either side sends is lost from now on, and neither is told."""
    subprocess.run(["ip", "link", "set", "cable", "down"], check=True, capture_output=True)


def reach(address: str) -> None:
    """Wait until the other host answers, if only that nobody listens: what is sent before is lost, and sent late."""
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        with socket.socket() as its:
            its.settimeout(0.02)
            try:
                its.connect((address, 1))
            except ConnectionRefusedError:
                return
            except OSError:
                continue
    raise TimeoutError(f"{address} does not answer")


class Host:
    """A host: a forked process in a network namespace of its own."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("fork")
        self._door, door = context.Pipe()
        self._process = context.Process(target=live_on_a_host, args=(door,))
        self._process.start()
        self.pid = self._process.pid
        door.close()
        self.network = self._door.recv()

    def begin(self, function: Any, *args: Any) -> None:
        """Begin a call of a function on this host."""
        self._door.send((function, args))

    def answer(self) -> Any:
        """Return what came of it: its value, or its exception's name and text."""
        return self._door.recv()

    def call(self, function: Any, *args: Any) -> Any:
        """Call a function on this host."""
        self.begin(function, *args)
        return self.answer()

    def end(self) -> None:
        """Let this host be no more."""
        self._process.kill()
        self._process.join()
        self._door.close()


@contextmanager
def two_hosts() -> Iterator[tuple[Host, Host]]:
    """Yield two hosts that reach each other, and nobody else."""
    one, other = Host(), Host()
    try:
        for host, *order in ((one, plug_in, HERE, other.pid), (other, plug_in, THERE, None), (other, reach, HERE)):
            if (told := host.call(*order)) is not None:
                raise OSError(told)
        yield one, other
    finally:
        one.end()
        other.end()


def hosts_are_one(patch: Any) -> None:
    """Let a host be no more than a process."""
    patch.setattr(sys.modules[__name__], "leave_the_network", lambda: None)
    patch.setattr(sys.modules[__name__], "plug_in", leave_unplugged)
    patch.setattr(sys.modules[__name__], "HERE", "127.0.0.1")


def leave_unplugged(*_: object) -> None:
    """Leave a network as it is."""
