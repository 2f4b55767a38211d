"""What a forked child does, from the fork to its end."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from concurrency_lib._remote import Failure, pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def live_and_end(
    function: Callable[..., object],
    args: tuple[object, ...],
    pipe: tuple[int, int],
    admitted: Iterable[int],
) -> NoReturn:
    """Run the function under the `admitted` signal mask, and end this process whatever comes of it.

    A failure is reported through the `pipe`, given by both of its descriptors.
    """
    exit_code = 1
    try:
        parents_end, report = pipe
        os.close(parents_end)
        mask_signals(signal.SIG_SETMASK, admitted)
        exit_code = run_and_report(function, args, report)
        mask_signals(signal.SIG_BLOCK, signal.valid_signals())
    finally:
        os._exit(exit_code)


def run_and_report(function: Callable[..., object], args: tuple[object, ...], report: int) -> int:
    """Return the exit code to end with; what the function raises is written to the descriptor `report`."""
    try:
        exit_code = exit_code_after(function, args)
        flush_standard_streams()
    except BaseException as error:  # noqa: BLE001 - the parent raises it again
        with os.fdopen(report, "wb") as pipe:
            pipe.write(pack(Failure.of(error), "failure"))
        flush_standard_streams()
        return 1
    return exit_code


def exit_code_after(function: Callable[..., object], args: tuple[object, ...]) -> int:
    """Call the function, and return the code with which the interpreter would end."""
    try:
        function(*args)
    except SystemExit as request:
        if request.code is None or isinstance(request.code, int):
            return (request.code or 0) & 0xFF
        sys.stderr.write(f"{request.code}\n")
        return 1
    return 0


def flush_standard_streams() -> None:
    """Flush stdout and stderr, as far as they exist and are open."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.flush()


def mask_signals(how: int, signals: Iterable[int]) -> Iterable[int]:
    """Change this thread's signal mask, and return the one before."""
    try:
        return signal.pthread_sigmask(how, signals)
    except AttributeError:  # a platform without signal masks has no fork either, and is about to say so
        return ()
