"""What the claims about fork run in the clean room."""

from __future__ import annotations

import os
import subprocess
import sys

from spec.support.sabotage import Patch


def fork_and_report() -> tuple[int, list[tuple[int, int]]]:
    """Call fork once; return the caller's pid and what came back in each process: (own pid, value)."""
    caller, (out, into) = os.getpid(), os.pipe()
    value = os.fork()
    os.write(into, f"{os.getpid()} {value}\n".encode())
    if value == 0:
        os._exit(0)
    os.close(into)
    os.waitpid(value, 0)
    with os.fdopen(out) as reports:
        return caller, [(int(pid), int(returned)) for pid, returned in map(str.split, reports)]


def fork_that_starts_a_program(patch: Patch) -> None:
    """Make fork start another program instead, so that it returns once."""

    def spawn() -> int:
        return subprocess.Popen([sys.executable, "-c", ""]).pid

    patch.setattr(os, "fork", spawn)
