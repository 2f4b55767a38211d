"""The same bytes from memory and from another process."""

from __future__ import annotations

import time
from collections.abc import Callable

from spec.choosing.targets import workload
from spec.choosing.workload_sampling import ratio_of
from spec.support.measuring import Sample

TIMES = 100
HERE = bytearray(b"here")


def peer_by_memory() -> tuple[Sample, float, float]:
    """Return by how many times it takes longer to ask another process for a byte than memory, and both in µs."""
    with workload.asking(0.0) as ask:
        return ratio_of(lambda: seconds_each(ask), lambda: seconds_each(from_memory), factor=1e6)


def from_memory() -> bytes:
    """Copy a byte out of memory."""
    return bytes(HERE[:1])


def seconds_each(call: Callable[[], object]) -> float:
    """Make a call many times; return how long each took."""
    began = time.perf_counter()
    for _ in range(TIMES):
        call()
    return (time.perf_counter() - began) / TIMES
