"""What the claims of the introduction run in child processes."""

from __future__ import annotations

import os
import time


def compute_until(moment: float, pinned_to: int | None = None) -> None:
    """Keep a core busy, if need be a certain one, until a moment of the monotonic clock."""
    if pinned_to is not None:
        os.sched_setaffinity(0, {pinned_to})
    while time.monotonic() < moment:
        pass
