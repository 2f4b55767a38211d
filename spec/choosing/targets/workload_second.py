"""Several threads on one core: waits that overlap there."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Collection
from functools import partial

from concurrency_lib import fork
from concurrency_lib.threads import run_together
from spec.choosing.targets.workload import ask
from spec.support.sabotage import Patch


def answered_together(number: int, core: Collection[int]) -> list[bytes]:
    """Let threads on one core ask a process that answers when all of them have asked; return the answers."""
    os.sched_setaffinity(0, core)
    pairs = [socket.socketpair() for _ in range(number)]
    try:
        with fork.start(answer_when_all_asked, [theirs for _, theirs in pairs]):
            return side_by_side(*[partial(ask, ours) for ours, _ in pairs])
    finally:
        for end in (end for pair in pairs for end in pair):
            end.close()


side_by_side = run_together


def answer_when_all_asked(connections: list[socket.socket]) -> None:
    """Hear every question, and then answer all."""
    for each in connections:
        each.recv(1)
    for each in connections:
        each.sendall(b"!")


def one_after_another(patch: Patch) -> None:
    """Let each thread begin when the one before it has ended."""
    patch.setattr(sys.modules[__name__], "side_by_side", lambda *asks: [run_together(each)[0] for each in asks])
