"""Runtimes that break one promise about threads each.

What breaks, breaks where a claim about threads, its targets or its program asks. pytest, the suite's helpers and the
claims about other things go on with honest threads: they would not come to an end otherwise.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spec.suite.broken_runtimes.breakages import noticed_by, replace

if TYPE_CHECKING:
    from collections.abc import Callable

Thread = threading.Thread
ASKING = ("spec.threads.test_thread_", "spec.threads.targets.thread_", "concurrency_lib.threads")
PROGRAM = "thread_"  # the programs of these claims are called so


def asked(*, also_by_the_library: bool = True) -> bool:
    """Tell whether whoever called what is broken is one of those for whom it is broken."""
    name = str(sys._getframe(2).f_globals.get("__name__"))  # noqa: SLF001 - there is no other way to who calls
    if name == "__main__":
        return in_program()
    return name.startswith(ASKING) and (also_by_the_library or name.startswith("spec."))


def in_program() -> bool:
    """Tell whether this process runs a program of a claim about threads."""
    return Path(sys.argv[0]).name.startswith(PROGRAM)


@noticed_by("thread-sample7-output", perhaps=["thread-prefer-threading", "thread-main-can-start"])
def joining_a_thread_does_not_wait() -> None:
    """Joining a thread returns at once."""
    replace(Thread, "join", lambda honest: lambda self, timeout=None: honest(self, 0 if asked() else timeout))


@noticed_by("thread-loop-comment")
def joining_a_thread_raises_its_exception() -> None:
    """Joining a thread raises what its function raised."""

    def run(honest: Callable[[Any], None]) -> Callable[[Any], None]:
        def run_and_keep(self: Any) -> None:
            try:
                honest(self)
            except BaseException as error:
                self.raised = error
                raise

        return run_and_keep

    def join(honest: Callable[..., None]) -> Callable[..., None]:
        def join_and_raise(self: Any, timeout: float | None = None) -> None:
            honest(self, timeout)
            if asked() and hasattr(self, "raised"):
                raise self.raised

        return join_and_raise

    replace(Thread, "run", run)
    replace(Thread, "join", join)


@noticed_by(
    "thread-start-with-function",
    "thread-loop-comment",
    "thread-main-can-start",
    "thread-two-modules",
    "thread-child-name-at-creation",
    "thread-name-display-only",
    "thread-sample7-output",
    "thread-prefer-threading",
    "thread-wraps-thread",
)
def start_runs_the_function_in_the_caller() -> None:
    """Starting a thread runs its function in the thread that starts it."""

    def start(honest: Callable[[Any], None]) -> Callable[[Any], None]:
        return lambda self: self.run() if asked(also_by_the_library=False) else honest(self)

    replace(Thread, "start", start)


@noticed_by("thread-start-with-function")
def threads_start_again() -> None:
    """Starting a thread that has been started has no effect."""

    def start(honest: Callable[[Any], None]) -> Callable[[Any], None]:
        return lambda self: None if asked() and self.ident else honest(self)

    replace(Thread, "start", start)


@noticed_by("thread-start-with-function")
def no_thread_is_alive() -> None:
    """A thread that is asked whether it is alive denies it."""
    replace(Thread, "is_alive", lambda honest: lambda self: not asked() and honest(self))


@noticed_by("thread-prefer-threading")
def the_interpreter_waits_for_no_thread() -> None:
    """The interpreter ends with its main thread, whatever other threads still run."""

    def shut_down(honest: Callable[[], None]) -> Callable[[], None]:
        return lambda: None if in_program() else honest()

    replace(threading, "_shutdown", shut_down)
