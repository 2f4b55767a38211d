"""Executes programs of asyncio in a process of their own, where asyncio is at hand before they ask for it."""

from __future__ import annotations

import asyncio  # noqa: F401 - in the clean room, once for all programs
import linecache
import sys
import traceback
import warnings
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO


def execute(source: str, *args: str) -> list[str]:
    """Run a program's text with arguments; return its lines, or raise the exception in which it ends."""
    with redirect_stdout(StringIO()) as told:
        be_the_program("program", source, args)
    return told.getvalue().splitlines()


def run(name: str, source: str, *args: str) -> tuple[str, str, int]:
    """Run a program's text with arguments; return its output, its errors and its status, as of an interpreter."""
    status = 0
    with redirect_stdout(StringIO()) as told, redirect_stderr(StringIO()) as errors:
        try:
            be_the_program(name, source, args)
        except Exception:  # noqa: BLE001 - whatever the program ends in
            traceback.print_exc()
            status = 1
    return told.getvalue(), errors.getvalue(), status


def be_the_program(name: str, source: str, args: tuple[str, ...]) -> None:
    """Execute a program's text as the main module, with the warnings of a new interpreter."""
    sys.argv = [name, *args]
    warnings.simplefilter("default")
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)  # for tracebacks to show
    exec(compile(source, name, "exec"), {"__name__": "__main__"})
