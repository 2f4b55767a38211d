"""Runtimes that break one promise about processes each."""

from __future__ import annotations

import multiprocessing.connection  # or else a join, however short, takes the time of this import
import multiprocessing.process
import os
import random
import sys

from spec.suite.broken_runtimes.breakages import noticed_by, replace

Process = multiprocessing.process.BaseProcess


@noticed_by(
    "mp-sample2-output",
    "mp-join-waits",
    "pool-join-waits-all",
    "ipc-sample6-output",
    "ipc-suspect-pickle-first",
    perhaps=["pool-sample3-output"],  # if a worker of the program ends only after the program has
)
def join_returns_at_once() -> None:
    """Joining a process does not wait for its end."""
    replace(Process, "join", lambda join: lambda self, timeout=None: join(self, 0))


@noticed_by("mp-process-class-represents", "mp-join-synchronises", "ipc-terminate-kills", "ipc-suspect-pickle-first")
def exit_codes_are_always_0() -> None:
    """A process that ended has exit code 0, however it ended."""
    replace(Process, "exitcode", lambda code: property(lambda self: code.fget(self) and 0))


@noticed_by("ipc-terminate-kills")
def terminate_leaves_no_choice() -> None:
    """A process that is terminated is killed, and cannot ignore it."""
    replace(Process, "terminate", lambda _: lambda self: self.kill())


@noticed_by("fork-buffer-duplicated", "fork-sample1-output")
def fork_flushes_first() -> None:
    """Forking flushes the output that is in a buffer."""
    replace(os, "fork", lambda honest: lambda: (sys.stdout and sys.stdout.flush()) or honest())


@noticed_by("pool-random-durations")
def forked_children_draw_alike() -> None:
    """Forked children start from one seed."""
    os.register_at_fork(after_in_child=lambda: random.seed(0))


@noticed_by("fork-syscall-exists", "fork-child-finds-parent-getppid", "fork-sample1-output")
def children_know_no_parent() -> None:
    """A process always takes init for its parent."""
    replace(os, "getppid", lambda _: lambda: 1)
