"""What the library's children print and ask for as they end, and what `start` says where nothing forks."""

from __future__ import annotations

import atexit
import errno
import io
import os
import sys
import tempfile
from typing import Any, NoReturn

from concurrency_lib import _child
from concurrency_lib import fork as library
from spec.support.deadlines import deadline
from spec.support.sabotage import Patch


def lines_around_a_child() -> list[str]:
    """Print into a file before a child starts, in the child and after it; return what is in the file."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as sys.stdout:
        print("printed before")
        with library.start(print, "printed by the child") as child:
            child.wait(deadline())
        print("printed after")
        sys.stdout.seek(0)
        return sys.stdout.read().splitlines()


def exit_handlers_of_a_child() -> bytes:
    """Register an exit handler and start a child; return what the handler wrote in the child."""
    out, into = os.pipe()
    atexit.register(os.write, into, b"handled")
    with library.start(int) as child:
        child.wait(deadline())
    os.close(into)
    return os.read(out, 100)


def codes_after(requests: list[object]) -> list[int | None]:
    """Let the library's children ask to exit in various ways; return their exit codes."""
    sys.stderr = io.StringIO()  # where a request that is a text is printed
    codes = []
    for request in requests:
        with library.start(sys.exit, request) as child:
            codes.append(child.wait(deadline()).code)
    return codes


def start_without(fork: str) -> tuple[str, str]:
    """Call `start` where fork is `missing`, or fails with an error; return what is raised, and its text."""
    if fork == "missing":
        del os.fork
    else:
        os.fork = lambda: refuse(getattr(errno, fork))
    try:
        library.start(int)
    except Exception as error:  # noqa: BLE001 - whichever it is, is the answer
        return type(error).__name__, str(error)
    return "", ""


def refuse(number: int) -> NoReturn:
    """Raise a system call's error."""
    raise OSError(number, os.strerror(number))


def output_not_flushed_before(patch: Patch) -> None:
    """Have the child inherit what its maker has printed and not flushed."""
    patch.setattr(library, "flush_standard_streams", lambda: None)


def output_not_flushed_after(patch: Patch) -> None:
    """Have the child end with what it printed still in its buffer."""
    patch.setattr(_child, "flush_standard_streams", lambda: None)


def end_that_runs_exit_handlers(patch: Patch) -> None:
    """Have the child end as an interpreter does."""

    def live_and_end(function: Any, args: tuple[Any, ...], *_: object) -> NoReturn:
        function(*args)
        atexit._run_exitfuncs()  # noqa: SLF001 - nothing else runs them without ending
        os._exit(0)

    patch.setattr(library, "live_and_end", live_and_end)


def request_that_is_misread(patch: Patch) -> None:
    """Have a child end with code 1 unless it asks for a number."""
    real = _child.exit_code_after

    def exit_code_after(function: Any, args: tuple[Any, ...]) -> int:
        return 1 if args == (None,) else real(function, args)

    patch.setattr(_child, "exit_code_after", exit_code_after)
