"""Ways of the operating system to get a small number from one process to another; run in the clean room."""

from __future__ import annotations

import mmap
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spec.support.sabotage import Patch

NUMBERS = 16
SIGNALS = range(signal.SIGRTMIN, signal.SIGRTMIN + NUMBERS) if hasattr(signal, "SIGRTMIN") else range(0)

Ways = tuple[Callable[[int], object], Callable[[], int | None]]


def pipe() -> Ways:
    """Write to one end, read from the other."""
    out, into = os.pipe()
    return lambda number: os.write(into, bytes([number])), lambda: os.read(out, 1)[0]


def socket_pair() -> Ways:
    """Send through one of two connected sockets, receive from the other."""
    here, there = socket.socketpair()
    return lambda number: there.send(bytes([number])), lambda: here.recv(1)[0]


def shared_memory() -> Ways:
    """Store in memory that both processes map."""
    memory = mmap.mmap(-1, mmap.PAGESIZE)
    return lambda number: memory.__setitem__(0, number), lambda: memory[0]


def file() -> Ways:
    """Write to a file that both have open."""
    opened = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as its subject
    return lambda number: opened.write(bytes([number])), lambda: os.pread(opened.fileno(), 1, 0)[0]


def real_time_signal() -> Ways:
    """Send the signal of that number to the process that waits for any of them."""
    receiver = os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    return lambda number: os.kill(receiver, SIGNALS[number]), lambda: SIGNALS.index(signal.sigwait(SIGNALS))


def exit_status() -> Ways:
    """End with that status."""
    return os._exit, lambda: os.waitstatus_to_exitcode(STATUS)


def variable() -> Ways:
    """Assign to a variable: not a way, since each process has its own."""
    held: list[int] = []
    return held.append, lambda: held[0] if held else None


STATUS = 0


def tell_the_parent(way: str) -> tuple[int, int | None]:
    """Fork a child that tells a number made of its pid; return that number and what the parent heard."""
    global STATUS  # the kernel hands a status out once, to whoever waits for the child
    send, receive = getattr(sys.modules[__name__], way)()
    child = os.fork()
    if child == 0:
        send(os.getpid() % NUMBERS)
        os._exit(0)
    _, STATUS = os.waitpid(child, 0)
    return child % NUMBERS, receive()


def nothing_shared(patch: Patch) -> None:
    """Put a plain variable in the place of the pipe."""
    patch.setattr(sys.modules[__name__], "pipe", variable)


def everything_shared(patch: Patch) -> None:
    """Put shared memory in the place of the variable."""
    patch.setattr(sys.modules[__name__], "variable", shared_memory)
