"""The web server Nginx on the loopback, its workers without privileges, as the clean room runs it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from spec.choosing.targets.nginx_configured import NGINX, configure
from spec.processes.targets.fork_apache import a_port, end_with_the_parent
from spec.processes.targets.fork_relatives import children_of
from spec.processes.targets.fork_servers import LOOPBACK
from spec.processes.targets.messages import kernel_state
from spec.support.deadlines import deadline, wait_until
from spec.support.sabotage import Patch

HALF = b"GET / HTTP/1.1\r\nHost: here\r\n"
REST = b"Connection: close\r\n\r\n"


class Seen(NamedTuple):
    """Nginx at work: the process that was started, its children, who answered, and how the answering process waits."""

    started: int
    children: Sequence[int]
    by: Sequence[int]
    threads: int = 0
    waits_with: Sequence[str] = ()


@contextmanager
def nginx(workers: str, master: str = "on") -> Iterator[tuple[int, int]]:
    """Run Nginx in the foreground, in a process group of its own; give its pid and its port."""
    with tempfile.TemporaryDirectory() as name, a_port() as port:
        folder = Path(name)
        server = subprocess.Popen(
            [NGINX, "-e", folder / "errors", "-c", configure(folder, port, workers, master)],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=end_with_the_parent,  # noqa: PLW1509 - the subject has one thread: Python may run after its fork
        )
        try:
            wait_until(lambda: server.poll() is not None or listens(port), "Nginx at its port")
            if server.poll() is not None:
                raise RuntimeError(f"Nginx did not start: {(folder / 'errors').read_text()}")
            yield server.pid, port
        finally:
            server.terminate()
            server.wait(deadline())


def listens(port: int) -> bool:
    """Whether somebody answers at the port."""
    try:
        with connected(port) as connection:
            return finish(connection, HALF + REST) > 0
    except ConnectionError:
        return False


def connected(port: int) -> socket.socket:
    """Connect."""
    return socket.create_connection((LOOPBACK, port), timeout=deadline())


def finish(connection: socket.socket, rest: bytes = REST) -> int:
    """Send the rest of a request, and return the pid that answers."""
    connection.sendall(rest)
    with connection.makefile("rb") as answer:
        return int(answer.read().split()[-1])


def beside_open_requests(number: int, workers: str = "1") -> Seen:
    """Begin requests, make another one meanwhile, and then complete those."""
    with nginx(workers) as (pid, port), ExitStack() as clients:
        began = [clients.enter_context(connected(port)) for _ in range(number)]
        for each in began:
            each.sendall(HALF)
        with connected(port) as another:
            by = [finish(another, HALF + REST)]
        by += [finish(each) for each in began]
        return Seen(pid, children_of(pid), by, threads_of(by[0]), waits_of(by[0]))


def processes(workers: str, master: str) -> Seen:
    """Start Nginx, and see of which processes it is made and which of them answers."""
    with nginx(workers, master) as (pid, port), connected(port) as connection:
        expected = (os.cpu_count() or 1) if workers == "auto" else 0
        wait_until(lambda: len(children_of(pid)) >= expected and kernel_state(str(pid)) == "S", "Nginx's workers")
        return Seen(pid, children_of(pid), [finish(connection, HALF + REST)])


def threads_of(pid: int) -> int:
    """Count the threads of a process."""
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def waits_of(pid: int) -> list[str]:
    """Name by what means a process can wait for many descriptors."""
    names = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    return sorted({name for name in names if "poll" in name})


def nothing_to_wait_by(patch: Patch) -> None:
    """Have processes be without descriptors by which to wait."""
    patch.setattr(sys.modules[__name__], "waits_of", lambda _: [])
