"""Networks of this machine: imports next to nothing, for a probe runs it in an interpreter of its own."""

from __future__ import annotations

import ctypes

NEW_NETWORK = 0x40000000  # CLONE_NEWNET


def leave_the_network() -> None:
    """Put this process into a network namespace of its own, which ends with it."""
    if ctypes.CDLL(None, use_errno=True).unshare(NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "unshare")
