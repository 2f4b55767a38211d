"""Pipes, sockets and semaphores of the kernel that this process holds, and how many more by what it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

from concurrency_lib import channels
from spec.processes.talking import running
from spec.processes.targets import writers

KINDS = ["pipe", "socket", "semaphore"]


def kinds_held() -> Counter[str]:
    """Count the kernel's pipes, sockets and shared semaphores that this process holds."""
    opened = {str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()}
    mapped = (line.split(maxsplit=5)[-1] for line in Path("/proc/self/maps").read_text().splitlines())
    semaphores = {"semaphore:" + name for name in mapped if "/dev/shm/sem." in name}
    return Counter(name.partition(":")[0] for name in opened | semaphores)


def added_by(facility: AbstractContextManager[Any]) -> dict[str, int]:
    """Count what is held more while a facility is there."""
    before = kinds_held()
    with facility:
        added = kinds_held() - before
    return {kind: added[kind] for kind in KINDS if added[kind]}


@contextmanager
def two_processes(context: Any) -> Iterator[list[Any]]:
    """Run two processes that are no writers."""
    with ExitStack() as stack:
        yield [stack.enter_context(running(context, int)) for _ in range(2)]


@contextmanager
def two_writers(context: Any) -> Iterator[list[Any]]:
    """Run two writers of one channel."""
    with channels.Channel(context) as channel:
        yield [channel.start_writer(writers.send_all, []) for _ in range(2)]
