"""Programs that are executed in a process which is there already, such as a subject of the clean room."""

from __future__ import annotations

import linecache
import sys
from contextlib import redirect_stdout
from io import StringIO


def be_the_program(name: str, source: str, *args: str) -> None:
    """Execute a program's text as the main module, with arguments; raise the exception in which it ends."""
    sys.argv = [name, *args]
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)  # for tracebacks to show
    exec(compile(source, name, "exec"), {"__name__": "__main__"})


def lines_of(source: str, *args: str) -> list[str]:
    """Execute a program's text; return the lines that it prints, or raise the exception in which it ends."""
    with redirect_stdout(StringIO()) as told:
        be_the_program("program", source, *args)
    return told.getvalue().splitlines()
