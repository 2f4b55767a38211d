"""How the claims about fork are sabotaged in the clean room: a world in which the call behaves otherwise."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from spec.processes.targets import fork_relatives
from spec.support.sabotage import Patch


def fork_that_starts_a_program(patch: Patch) -> None:
    """Make fork start another program instead, so that it returns once."""

    def spawn() -> int:
        return subprocess.Popen([sys.executable, "-c", ""]).pid

    patch.setattr(os, "fork", spawn)


def fork_that_starts_a_sleeper(patch: Patch) -> None:
    """Make fork start a program that waits to be killed."""
    patch.setattr(os, "fork", lambda: subprocess.Popen(["sleep", "60"]).pid)


def fork_that_tells_both_the_same(patch: Patch) -> None:
    """Make fork return the child's id in both processes."""
    real = os.fork
    patch.setattr(os, "fork", lambda: real() or os.getpid())


def fork_that_tells_the_callers_id(patch: Patch) -> None:
    """Make fork return the caller's own id in the caller."""
    real = os.fork
    patch.setattr(os, "fork", lambda: real() and os.getpid())


def fork_that_swaps_its_answers(patch: Patch) -> None:
    """Make fork return zero in the caller, and an id in the child."""
    real = os.fork
    patch.setattr(os, "fork", lambda: 0 if real() else os.getpid())


def fork_through_a_middleman(patch: Patch) -> None:
    """Make fork return in a grandchild, whose own parent ends at once; it falls to this process."""
    real = os.fork
    fork_relatives.become_a_subreaper()

    def fork_twice() -> int:
        out, into = os.pipe()
        if real() == 0:
            if grandchild := real():
                os.write(into, f"{grandchild}".encode())
                os._exit(0)
            return 0
        return int(os.read(out, 20))

    patch.setattr(os, "fork", fork_twice)


def ids_from_before_the_fork(patch: Patch) -> None:
    """Have every process name the id that its first ancestor here once asked for."""
    known = os.getpid()
    patch.setattr(os, "getpid", lambda: known)


def parent_that_is_remembered(patch: Patch) -> None:
    """Have a process ask for its parent once, and give the same answer ever after."""
    known: dict[int, int] = {}
    real = os.getppid
    patch.setattr(os, "getppid", lambda: known.setdefault(os.getpid(), real()))


def parent_that_is_always_init(patch: Patch) -> None:
    """Have every process name the first process as its parent."""
    patch.setattr(os, "getppid", lambda: 1)


def kernel_that_reaps(_: Patch) -> None:
    """Have the kernel forget children as they end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)


def orphans_that_fall_to_others(patch: Patch) -> None:
    """Have no descendant's orphans handed to this process."""
    patch.setattr(fork_relatives, "become_a_subreaper", lambda: None)
