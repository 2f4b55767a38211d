"""Plays programs of the samples in a process that is there already."""

from __future__ import annotations

import multiprocessing.managers  # noqa: F401 - every program of the samples imports it, and finds it here
from contextlib import redirect_stdout
from pathlib import Path

from spec.support.executing import be_the_program, lines_of


def play(source: str, *args: str) -> list[str]:
    """Run a program's text as the main program; return the lines that it prints, or raise what it ends in."""
    return lines_of(source, *args)


def play_into(path: str, source: str) -> None:
    """Run a program's text as the main program, with what it prints in a file; raise what it ends in."""
    with Path(path).open("w", encoding="utf-8") as output, redirect_stdout(output):
        be_the_program("program", source)
