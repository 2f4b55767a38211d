"""Executes programs of asyncio in a process of their own, where asyncio is at hand before they ask for it."""

from __future__ import annotations

import asyncio  # noqa: F401 - in the clean room, once for all programs
import traceback
import warnings
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

from spec.support.executing import be_the_program, lines_of


def execute(source: str, *args: str) -> list[str]:
    """Execute a program's text; return its lines, or raise the exception in which it ends."""
    return lines_of(source, *args)


def run(name: str, source: str, *args: str) -> tuple[str, str, int]:
    """Execute a program's text; return its output, its errors and its status, as of a new interpreter."""
    status = 0
    warnings.simplefilter("default")
    with redirect_stdout(StringIO()) as told, redirect_stderr(StringIO()) as errors:
        try:
            be_the_program(name, source, *args)
        except Exception:  # noqa: BLE001 - whatever the program ends in
            traceback.print_exc()
            status = 1
    return told.getvalue(), errors.getvalue(), status
