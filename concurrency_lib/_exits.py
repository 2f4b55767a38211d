"""How a process ended, read from the standard library's number: an exit code, or minus a signal."""

from __future__ import annotations

import signal


def code_of(exitcode: int) -> int | None:
    """Return the exit code, or None if a signal ended the process."""
    return exitcode if exitcode >= 0 else None


def signal_of(exitcode: int) -> signal.Signals | int | None:
    """Return the signal that ended the process (a plain number if it has no name), or None."""
    if exitcode >= 0:
        return None
    try:
        return signal.Signals(-exitcode)
    except ValueError:
        return -exitcode


def described(exitcode: int) -> str:
    """Return the end in words: `exit code 3`, `killed by SIGKILL`."""
    ending = signal_of(exitcode)
    if ending is None:
        return f"exit code {exitcode}"
    return f"killed by {ending.name if isinstance(ending, signal.Signals) else f'signal {ending}'}"
