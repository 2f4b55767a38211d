"""What the claims of the introduction run in child processes."""

from __future__ import annotations

import os
import time
from typing import Any

from spec.support.sabotage import Patch

COUNTED = 0


def live_until_told(connection: Any) -> tuple[int, float, float]:
    """Say that this process has begun, live until told to end; return its id, and when it began and ended."""
    began = time.monotonic()
    connection.send("begun")
    connection.recv()
    return os.getpid(), began, time.monotonic()


def count_here() -> int:
    """Count on in this process's own memory; return what the count is here."""
    global COUNTED  # noqa: PLW0603 - whose memory it is in is the point
    COUNTED += 1
    return COUNTED


def cores_when_held_on_one() -> tuple[int, int | None]:
    """Return how many cores this process may use once it is held on one, and how many the machine counts."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
    return len(os.sched_getaffinity(0)), os.cpu_count()


def every_core_usable(patch: Patch) -> None:
    """Leave the process on all of its cores, and let it count one more."""
    cores = set(os.sched_getaffinity(0)) | {-1}
    patch.setattr(os, "sched_setaffinity", lambda *_: None)
    patch.setattr(os, "sched_getaffinity", lambda _: cores)


def process_id_of_all(patch: Patch) -> None:
    """Make every process say the same id."""
    patch.setattr(os, "getpid", lambda: 1)
