"""The Apache web server with its prefork module, on the loopback, as the clean room runs it."""

from __future__ import annotations

import ctypes
import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from spec.processes.targets.fork_relatives import children_of
from spec.processes.targets.fork_servers import LOOPBACK, Served
from spec.support.deadlines import deadline, wait_until

APACHE = shutil.which("apache2", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "apache2"
PREFORK = "/usr/lib/apache2/modules/mod_mpm_prefork.so"
ALIAS = "/usr/lib/apache2/modules/mod_alias.so"
CHILDREN = 3

# Neither fewer nor more children than it starts with, and an answer that needs no file: the children may
# be another user, who may not enter the folder.
CONFIGURATION = f"""
ServerRoot {{folder}}
DefaultRuntimeDir {{folder}}
PidFile {{folder}}/pid
Mutex file:{{folder}} default
ErrorLog {{folder}}/errors
LoadModule mpm_prefork_module {PREFORK}
LoadModule alias_module {ALIAS}
ServerName localhost
Listen {LOOPBACK}:{{port}}
StartServers {CHILDREN}
MinSpareServers 1
MaxSpareServers {CHILDREN}
MaxRequestWorkers {CHILDREN}
MaxConnectionsPerChild 0
Redirect 204 /
LogFormat %P pid
CustomLog {{folder}}/served pid
"""
UNPRIVILEGED = "User #65534\nGroup #65534\n"


def refusal() -> str:
    """Ask Apache whether it can be configured like that; return its last word, empty where it can."""
    with tempfile.TemporaryDirectory() as name:
        configured = configure(Path(name), port=80)
        try:
            done = subprocess.run(
                [APACHE, "-t", "-f", configured],
                capture_output=True,
                text=True,
                timeout=deadline(),
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["apache2 -t refuses"])[-1]


def configure(folder: Path, port: int) -> Path:
    """Write Apache's configuration."""
    file = folder / "configuration"
    file.write_text(CONFIGURATION.format(folder=folder, port=port) + (UNPRIVILEGED if os.geteuid() == 0 else ""))
    return file


def serve_with_apache(requests: int) -> Served:
    """Start Apache, send it one request after another, and return who served them."""
    with tempfile.TemporaryDirectory() as name, a_port() as port, apache(Path(name), port) as listener:
        before = children_of(listener)
        for _ in range(requests):
            request(port)
        log = Path(name, "served")
        wait_until(lambda: log.read_text().count("\n") >= requests, "Apache's log of the requests")
        return Served(listener, before, [int(pid) for pid in log.read_text().split()], children_of(listener))


@contextmanager
def a_port() -> Iterator[int]:
    """Keep a port from being handed to anyone: bound, but not listening, it is free for who names it."""
    with socket.socket() as keeper:
        keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        keeper.bind((LOOPBACK, 0))
        yield keeper.getsockname()[1]


@contextmanager
def apache(folder: Path, port: int) -> Iterator[int]:
    """Run Apache in the foreground, in a process group that it ends as a whole; give its pid."""
    command = [APACHE, "-D", "FOREGROUND", "-f", configure(folder, port), "-E", folder / "errors"]
    server = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=end_with_the_parent,  # noqa: PLW1509 - the subject has one thread: Python may run after its fork
    )
    try:
        wait_until(lambda: server.poll() is not None or len(children_of(server.pid)) == CHILDREN, "Apache's children")
        if server.poll() is not None:
            raise RuntimeError(f"Apache did not start: {(folder / 'errors').read_text()}")
        yield server.pid
    finally:
        server.terminate()
        wait_until(lambda: server.poll() is not None, "Apache's end")


def end_with_the_parent() -> None:
    """Have the kernel terminate this process should its parent be killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM, 0, 0, 0)  # PR_SET_PDEATHSIG


def request(port: int) -> None:
    """Make one request over a connection of its own."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=deadline())
    try:
        connection.request("GET", "/")
        if (status := connection.getresponse().status) != http.client.NO_CONTENT:
            raise RuntimeError(f"Apache answered {status}")
    finally:
        connection.close()
