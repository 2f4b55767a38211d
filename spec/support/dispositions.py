"""Signals that this run was started to ignore, as under `nohup` or in a script's background."""

from __future__ import annotations

import re
import signal
from contextlib import suppress
from pathlib import Path

LEFT_IGNORED = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


def ignore_alone() -> None:
    """Go on ignoring them here; programs that are started find them as at a terminal.

    A signal that is ignored stays so in a new program, and one that is handled does not.
    """
    for signum in LEFT_IGNORED:
        if is_ignored(signum):
            signal.signal(signum, take_no_notice)


def is_ignored(signum: signal.Signals) -> bool:
    """Tell whether a signal is ignored; PyPy does not know what it was started with, but the kernel does."""
    with suppress(OSError):
        found = re.search(r"^SigIgn:\s*([0-9a-f]+)", Path("/proc/self/status").read_text(), re.MULTILINE)
        if found and int(found[1], 16) >> (signum - 1) & 1:
            return True
    return signal.getsignal(signum) is signal.SIG_IGN


def take_no_notice(_signum: int, _frame: object) -> None:
    """Do nothing."""
