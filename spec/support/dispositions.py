"""Signals that this run was started to ignore, as under `nohup` or in a script's background."""

from __future__ import annotations

import signal

LEFT_IGNORED = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


def ignore_alone() -> None:
    """Go on ignoring them here; programs that are started find them as at a terminal.

    A signal that is ignored stays so in a new program, and one that is handled does not.
    """
    for signum in LEFT_IGNORED:
        if signal.getsignal(signum) is signal.SIG_IGN:
            signal.signal(signum, take_no_notice)


def take_no_notice(_signum: int, _frame: object) -> None:
    """Do nothing."""
