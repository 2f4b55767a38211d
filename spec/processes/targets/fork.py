"""What the claims about fork run in the clean room.

Each function finds out which process it is in, and ends those it made: nothing returns into the room twice.
"""

from __future__ import annotations

import os
from typing import NamedTuple


def fork_and_report() -> tuple[int, list[tuple[int, int]]]:
    """Call fork once; return the caller's pid and what came back in each process: (own pid, value)."""
    caller, (out, into) = os.getpid(), os.pipe()
    value = os.fork()
    os.write(into, f"{os.getpid()} {value}\n".encode())
    if os.getpid() != caller:
        os._exit(0)
    os.close(into)
    os.wait()
    with os.fdopen(out) as reports:
        return caller, [(int(pid), int(returned)) for pid, returned in map(str.split, reports)]


class Fork(NamedTuple):
    """One call of fork: its value in the parent and in the child, the child's own pid, and the one reaped."""

    in_parent: int
    in_child: int
    child: int
    reaped: int


def fork_often(times: int) -> list[Fork]:
    """Fork one child after another."""
    return [fork_once() for _ in range(times)]


def fork_once() -> Fork:
    """Fork a child, hear what it found, and reap it."""
    caller, (out, into) = os.getpid(), os.pipe()
    value = os.fork()
    if os.getpid() != caller:
        os.write(into, f"{value} {os.getpid()}".encode())
        os._exit(0)
    os.close(into)
    reaped, _ = os.wait()
    with os.fdopen(out) as report:
        in_child, child = map(int, report.read().split())
    return Fork(value, in_child, child, reaped)


def fork_in_generations(count: int) -> list[int]:
    """Let a child fork a child, and so on; return what fork returned in each generation's new process."""
    caller, (out, into) = os.getpid(), os.pipe()
    for _ in range(count):
        parent, value = os.getpid(), os.fork()
        if os.getpid() == parent:
            os.wait()
            break
        os.write(into, f"{value}\n".encode())
    if os.getpid() != caller:
        os._exit(0)
    os.close(into)
    with os.fdopen(out) as reports:
        return [int(value) for value in reports]
