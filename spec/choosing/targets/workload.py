"""Work of several kinds, done for a while by one thread that tells of its time: computing, waiting, and both."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from concurrency_lib import fork
from spec.threads.targets.busy import Ran, compute, life_of

CHUNK = 1 << 16  # bytes
SHORT, LONG = 0.002, 0.06  # seconds that a peer takes to answer

Step = Callable[[], object]


def pi(digits: int = 150) -> int:
    """Return the first digits of pi as a whole number, by Machin's formula."""
    one = 10 ** (digits + 10)
    return (4 * (4 * arctan_of_inverse(5, one) - arctan_of_inverse(239, one))) // 10**10


def arctan_of_inverse(x: int, one: int) -> int:
    """Return arctan(1/x), times one."""
    total = term = one // x
    n, sign = 1, 1
    while term:
        term //= x * x
        n, sign = n + 2, -sign
        total += sign * (term // n)
    return total


@contextmanager
def computing() -> Iterator[Step]:
    """Yield work that is all computing."""
    yield pi


@contextmanager
def asking(delay: float) -> Iterator[Step]:
    """Yield work that asks another process, over a socket, which takes a while to answer."""
    ours, theirs = socket.socketpair()
    with ours, theirs, fork.start(answer, theirs, delay):
        yield partial(ask, ours)


def ask(connection: socket.socket) -> bytes:
    """Ask, and wait for the answer."""
    connection.sendall(b"?")
    return connection.recv(1)


def answer(connection: socket.socket, delay: float) -> None:
    """Answer every question after a while."""
    while connection.recv(1):
        time.sleep(delay)
        connection.sendall(b"!")


@contextmanager
def mixed() -> Iterator[Step]:
    """Yield work that computes for as long as it then waits."""

    def step() -> None:
        until = time.thread_time() + SHORT
        while time.thread_time() < until:
            pi(30)
        wait()

    with asking(SHORT) as wait:
        yield step


@contextmanager
def reading_a_file() -> Iterator[Step]:
    """Yield work that reads a file again and again, which the system then has in its memory."""
    with tempfile.TemporaryFile() as file:
        file.write(bytes(CHUNK))
        file.flush()
        yield lambda: os.pread(file.fileno(), CHUNK, 0)


WORK = {
    "computing": computing,
    "asking": partial(asking, SHORT * 2),
    "asking a slow peer": partial(asking, LONG),
    "asking a quick peer": partial(asking, 0.0),
    "both": mixed,
    "reading a file": reading_a_file,
}


def run(work: str, _threads: int, seconds: float) -> Ran:
    """Do work of one kind for a while, in this one thread."""
    with WORK[work]() as step:
        began = time.perf_counter()
        life = life_of(lambda: compute(step, began + seconds))
        return Ran(began, time.perf_counter() - began, life.used, [life])
