"""Plays a program of the samples in a process that is there already."""

from __future__ import annotations

import io
import multiprocessing.managers  # noqa: F401 - every program of the samples imports it, and finds it here
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TextIO


def play(source: str, *args: str) -> list[str]:
    """Run a program's text as the main program; return the lines that it prints, or raise what it ends in."""
    output = io.StringIO()
    play_to(output, source, *args)
    return output.getvalue().splitlines()


def play_into(path: str, source: str) -> None:
    """Run a program's text as the main program, with what it prints in a file; raise what it ends in."""
    with Path(path).open("w", encoding="utf-8") as output:
        play_to(output, source)


def play_to(output: TextIO, source: str, *args: str) -> None:
    """Run a program's text as the main program, and let it print somewhere."""
    sys.argv = ["program", *args]
    with redirect_stdout(output):
        exec(compile(source, "program", "exec"), {"__name__": "__main__"})
