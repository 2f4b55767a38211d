"""Runtimes that break one promise about processes, pools, queues or programs each.

A breakage is applied when the interpreter starts, in every process of a run, before anything else is imported. It
stands for a real runtime or drop-in that gets this one thing wrong. Light: nothing here imports pytest.
"""

from __future__ import annotations

import multiprocessing.pool
import multiprocessing.popen_fork
import multiprocessing.process
import multiprocessing.queues
import os
import random
import subprocess
import sys
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by, replace

Process = multiprocessing.process.BaseProcess
Pool = multiprocessing.pool.Pool
Queue = multiprocessing.queues.Queue
Popen = subprocess.Popen


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


@noticed_by(
    "ipc-queue-moves-data",
    "ipc-get-blocks",
    "ipc-parent-creates-and-passes",
    "ipc-join-writer",
    "ipc-reader-cannot-be-awaited",
)
def queue_swaps_neighbours() -> None:
    """Of each two items that lie in a queue, the second comes out first."""

    def get(honest: Any) -> Any:
        def second_first(self: Any, block: bool = True, timeout: float | None = None) -> Any:
            if held := self.__dict__.pop("held", None):
                return held[0]
            first = honest(self, block, timeout)
            if first is None or not self._poll(0.05):
                return first
            self.held = (first,)
            return honest(self, block, timeout)

        return second_first

    replace(Queue, "get", get)


@noticed_by("ipc-queue-moves-data", "ipc-sample6-output", "ipc-join-writer", "ipc-reader-cannot-be-awaited")
def queue_drops_one_item_in_three() -> None:
    """Every third item that a process puts in a queue is lost."""

    def put(honest: Any) -> Any:
        def lose_some(self: Any, *args: Any, **kwargs: Any) -> None:
            self.count = getattr(self, "count", 0) + 1
            if self.count % 3:
                honest(self, *args, **kwargs)

        return lose_some

    replace(Queue, "put", put)


@noticed_by(
    "pool-batch-creates",
    "pool-join-waits-all",
    "pool-fifth-waits",
    perhaps=[
        "pool-sample3-output",
        "pool-no-submit-after-close",
        "pool-excess-waits-then-creates",
        "pool-map-different-processes",
        "pool-many-processes",
    ],
)
def pool_has_twice_its_size() -> None:
    """A pool has twice as many workers as it was asked for."""

    def init(honest: Any) -> Any:
        def double(self: Any, processes: int | None = None, *args: Any, **kwargs: Any) -> None:
            honest(self, processes and 2 * processes, *args, **kwargs)

        return double

    replace(Pool, "__init__", init)


@noticed_by("pool-default-size-cpu")
def pool_has_one_worker_by_default() -> None:
    """A pool that is not told its size has one worker."""

    def init(honest: Any) -> Any:
        def one(self: Any, processes: int | None = None, *args: Any, **kwargs: Any) -> None:
            honest(self, processes or 1, *args, **kwargs)

        return one

    replace(Pool, "__init__", init)


@noticed_by("pool-no-submit-after-close")
def pool_accepts_work_after_close() -> None:
    """A closed pool goes on accepting tasks."""
    replace(Pool, "_check_running", lambda _: lambda self: None)


@noticed_by("pool-close-before-join")
def pool_joins_while_it_runs() -> None:
    """Joining a pool that was not closed closes it."""

    def join(honest: Any) -> Any:
        def close_first(self: Any) -> None:
            self.close()
            honest(self)

        return close_first

    replace(Pool, "join", join)


@noticed_by("pool-map-applies-list")
def map_returns_in_reverse() -> None:
    """The results of a pool's map come in the reverse order."""
    result = multiprocessing.pool.MapResult
    replace(result, "get", lambda honest: lambda self, timeout=None: honest(self, timeout)[::-1])


@noticed_by(
    "subprocess-controls-io",
    "subprocess-communicate-feeds-input",
    "subprocess-sample5-output",
    "subprocess-popen-first-input-later",
)
def communicate_without_its_input() -> None:
    """A program gets no input from communicate."""
    replace(Popen, "communicate", lambda honest: lambda self, input=None, timeout=None: honest(self, None, timeout))  # noqa: A006


@noticed_by("subprocess-controls-io", "subprocess-sample5-output")
def standard_error_goes_astray() -> None:
    """A program's standard error, when asked for, comes out with its standard output."""

    def init(honest: Any) -> Any:
        def merge(self: Any, *args: Any, **kwargs: Any) -> None:
            if kwargs.get("stderr") == subprocess.PIPE and "pytest" not in sys.modules:
                kwargs["stderr"] = subprocess.STDOUT
            honest(self, *args, **kwargs)

        return merge

    replace(Popen, "__init__", init)


@noticed_by(
    "subprocess-call-blocks-returns-code",
    perhaps=["subprocess-sample4-output", "subprocess-call-direct", "subprocess-call-like-cli"],
)
def call_does_not_wait() -> None:
    """Calling a program returns 0 while the program runs."""
    replace(subprocess, "call", lambda _: lambda *args, **kwargs: Popen(*args, **kwargs) and 0)


@noticed_by("subprocess-call-like-cli")
def signals_told_as_a_shell_does() -> None:
    """A program that a signal ended has an exit status above 128."""

    def handle(honest: Any) -> Any:
        def translate(self: Any, *args: Any, **kwargs: Any) -> None:
            honest(self, *args, **kwargs)
            if (self.returncode or 0) < 0:
                self.returncode = 128 - self.returncode

        return translate

    replace(Popen, "_handle_exitstatus", handle)


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
