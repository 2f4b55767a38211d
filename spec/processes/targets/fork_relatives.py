"""What the claims about a forked child's relatives run in the clean room: many children, zombies, orphans."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

from spec.support.deadlines import wait_until


class Family(NamedTuple):
    """Children of one time: their ids as fork told them, as they do, as listed, and as reaped."""

    remembered: list[int]
    own: list[int]
    listed: list[int]
    reaped: list[int]


def raise_a_family(size: int) -> Family:
    """Fork children that all live until the last has reported; then reap whichever end."""
    (out, into), (gate, door) = os.pipe(), os.pipe()
    remembered = []
    for _ in range(size):
        if (child := os.fork()) == 0:
            os.close(door)
            report_and_stay(into, gate)
        remembered.append(child)
    with os.fdopen(out) as reports:
        own = [int(reports.readline()) for _ in range(size)]
    listed = children_of(os.getpid())
    os.close(door)
    return Family(remembered, own, listed, reap_all())


def report_and_stay(into: int, gate: int) -> NoReturn:
    """Tell this process's id, and end when the gate opens."""
    os.write(into, f"{os.getpid()}\n".encode())
    os.read(gate, 1)
    os._exit(0)


def reap_all() -> list[int]:
    """Wait for any child until there is none."""
    reaped = []
    with suppress(ChildProcessError):
        while True:
            reaped.append(os.wait()[0])
    return reaped


def children_of(pid: int) -> list[int]:
    """List the children of a process's main thread, as the kernel does; empty where it does not."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def state_of(pid: int) -> str:
    """Return the kernel's letter for what a process does (Z: ended, but not awaited), or `gone`."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "gone"


def state_of_an_unawaited_child() -> str:
    """Fork a child that ends at once, do not wait for it, and return what the kernel shows of it."""
    if (child := os.fork()) == 0:
        os._exit(0)
    state = wait_until(lambda: (state := state_of(child)) in ("Z", "gone") and state, "the child's end")
    reap_all()
    return state


class Adoption(NamedTuple):
    """Who made an orphan, whom it found as its parent before and after that one's end, and who asks."""

    maker: int
    before: int
    after: int
    asker: int


def lose_the_parent() -> Adoption:
    """Fork a child, whose child outlives it."""
    (out, into), (end, ending), (gate, door) = os.pipe(), os.pipe(), os.pipe()
    if (maker := os.fork()) == 0:
        if os.fork() == 0:
            tell_the_parent_twice(into, gate)
        os.read(end, 1)
        os._exit(0)
    with os.fdopen(out) as reports:
        orphan, before = map(int, reports.readline().split())
        os.write(ending, b".")
        os.waitpid(maker, 0)  # who can be reaped has no children any more: the kernel gives them away first
        os.write(door, b".")
        _, after = map(int, reports.readline().split())
    reap_all()
    wait_until(lambda: state_of(orphan) in ("Z", "gone"), "the orphan's end")
    return Adoption(maker, before, after, os.getpid())


def lose_the_parent_and_adopt() -> Adoption:
    """Lose the parent in the same way, and be the process to which such orphans fall."""
    become_a_subreaper()
    return lose_the_parent()


def tell_the_parent_twice(into: int, gate: int) -> NoReturn:
    """Report this process and its parent, and once more when the gate opens."""
    os.write(into, f"{os.getpid()} {os.getppid()}\n".encode())
    os.read(gate, 1)
    os.write(into, f"{os.getpid()} {os.getppid()}\n".encode())
    os._exit(0)


def become_a_subreaper() -> None:
    """Have the kernel hand this process the orphans among its descendants."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
