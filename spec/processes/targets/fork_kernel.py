"""What Python, the kernel and the C library say of one process: asked in the clean room."""

from __future__ import annotations

import ctypes
import os
import signal
from pathlib import Path
from typing import NamedTuple

IDS = ("getpid", "getppid", "getpgrp", "getuid", "getgid")


class Entry(NamedTuple):
    """What the kernel lists of a process: its id, its parent's, and whether it runs this program."""

    pid: int
    parent: int
    same_program: bool


def entry_of_a_child() -> tuple[int, int, Entry]:
    """Fork a child that waits; return the caller's id, the child's by fork, and the kernel's entry of it."""
    gate, door = os.pipe()
    if (child := os.fork()) == 0:
        os.close(door)
        os.read(gate, 1)
        os._exit(0)
    entry = entry_of(child)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return os.getpid(), child, entry


def entry_of(pid: int) -> Entry:
    """Read what the kernel lists of a process."""
    own, _, rest = Path(f"/proc/{pid}/stat").read_text().partition(" ")
    parent = rest.rpartition(")")[2].split()[1]
    command = Path(f"/proc/{pid}/cmdline").read_bytes()
    return Entry(int(own), int(parent), command == Path("/proc/self/cmdline").read_bytes())


def ids_by_os_and_c_library() -> tuple[dict[str, int], dict[str, int]]:
    """Ask for this process's ids, through os and through the C library."""
    c_library = ctypes.CDLL(None)
    return {name: getattr(os, name)() for name in IDS}, {name: getattr(c_library, name)() for name in IDS}


def ids_in_a_child() -> tuple[int, tuple[int, int]]:
    """Return this process's id by os, and a forked child's by os and by the C library."""
    out, into = os.pipe()
    if (child := os.fork()) == 0:
        os.write(into, f"{os.getpid()} {ctypes.CDLL(None).getpid()}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    by_os, by_c_library = map(int, os.read(out, 100).split())
    return os.getpid(), (by_os, by_c_library)
