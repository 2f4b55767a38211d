"""The same work in Python and in C: a loop, one operation on many bytes, and questions that are answered in a while."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable

from concurrency_lib import fork
from spec.choosing.targets.workload import answer, ask
from spec.choosing.workload_sampling import ratio_of
from spec.support.deadlines import deadline
from spec.support.measuring import Sample

STEPS = 100_000
BYTES = 1 << 20
DELAY = 0.005  # seconds


def loop_in_python(steps: int) -> float:
    """Do the steps of a loop; return their processor time."""
    used, x = time.process_time(), 0
    for _ in range(steps):
        x ^= 1
    return time.process_time() - used


def combine_in_python(size: int) -> float:
    """Combine two rows of so many bytes by one operation of Python; return its processor time."""
    one, other = (int.from_bytes(bytes([each]) * size, "big") for each in (5, 3))
    used = time.process_time()
    _ = one ^ other
    return time.process_time() - used


def in_c(program: str, work: str, size: int, stdin: socket.socket | int = subprocess.DEVNULL) -> tuple[float, float]:
    """Have the compiled program do its work; return how long it took, and its processor time."""
    done = subprocess.run([program, work, str(size)], stdin=stdin, check=True, capture_output=True, timeout=deadline())
    passed, used = map(float, done.stdout.split())
    return passed, used


def loops(program: str) -> tuple[Sample, float, float]:
    """Return by how many times a step of the loop takes longer in Python, and both in ns."""
    loop_in_python(STEPS)  # so that what compiles as it runs has done so
    return ratio_of(
        lambda: loop_in_python(STEPS) / STEPS,
        lambda: in_c(program, "loop", STEPS * 10)[1] / (STEPS * 10),
        factor=1e9,
    )


def combinations(program: str) -> tuple[Sample, float, float]:
    """Return by how many times one operation on a megabyte takes longer in Python, and both in ms."""
    return ratio_of(lambda: combine_in_python(BYTES), lambda: in_c(program, "combine", BYTES)[1], factor=1000)


def questions(program: str, times: int) -> tuple[Sample, float, float]:
    """Return by how many times it takes longer in Python to ask what is answered in a while, and both in ms."""
    return ratio_of(
        lambda: with_a_peer(lambda peer: asked_in_python(peer, times)),
        lambda: with_a_peer(lambda peer: in_c(program, "ask", times, peer)[0]),
        factor=1000,
    )


def asked_in_python(peer: socket.socket, times: int) -> float:
    """Ask, and return how long that took."""
    began = time.perf_counter()
    for _ in range(times):
        ask(peer)
    return time.perf_counter() - began


def with_a_peer(call: Callable[[socket.socket], float]) -> float:
    """Call with a connection to a process that answers in a while."""
    ours, theirs = socket.socketpair()
    with ours, theirs, fork.start(answer, theirs, DELAY):
        return call(ours)
