"""Plays a program of the samples in a process that is there already."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stdout


def play(source: str, *args: str) -> list[str]:
    """Run a program's text as the main program; return the lines that it prints, or raise what it ends in."""
    sys.argv = ["program", *args]
    output = io.StringIO()
    with redirect_stdout(output):
        exec(compile(source, "program", "exec"), {"__name__": "__main__"})
    return output.getvalue().splitlines()
