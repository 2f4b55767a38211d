"""Executes a program in a process of its own, and returns what it printed."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from io import StringIO


def execute(source: str, *args: str) -> list[str]:
    """Run a program's text with arguments; return its lines, or raise the exception in which it ends."""
    sys.argv = ["program", *args]
    with redirect_stdout(StringIO()) as told:
        exec(compile(source, "program", "exec"), {"__name__": "__main__"})
    return told.getvalue().splitlines()
