"""What the claims about fork ask of the library in the clean room."""

from __future__ import annotations

import builtins
import os
import signal
import sys
from contextlib import ExitStack, suppress
from pathlib import Path

from concurrency_lib import fork as library
from spec.processes.targets.fork_relatives import reap_all, state_of
from spec.support.deadlines import deadline

ENDINGS = ("return", "ValueError", "SystemExit", "KeyboardInterrupt", "GeneratorExit")


def end_by(ending: str) -> None:
    """Return, or raise the exception of that name."""
    if ending != "return":
        raise getattr(builtins, ending)


def where_start_returns(ending: str) -> tuple[int, list[int]]:
    """Start a child; return the caller's pid, and those of all processes that the call comes back in."""
    caller, (out, into) = os.getpid(), os.pipe()
    try:
        child = library.start(end_by, ending)
    finally:
        os.write(into, f"{os.getpid()}\n".encode())
        if os.getpid() != caller:
            os._exit(0)
    os.close(into)
    with child, suppress(library.ChildFailed):
        child.wait(deadline())
    with os.fdopen(out) as reports:
        return caller, [int(pid) for pid in reports]


def where_interrupted_start_returns() -> tuple[int, list[int]]:
    """Do the same while a signal, whose handler raises, reaches the child before it does anything."""
    really_fork = library.call_fork

    def fork_and_interrupt() -> int:
        if (pid := really_fork()) == 0:
            os.kill(os.getpid(), signal.SIGUSR1)
        return pid

    signal.signal(signal.SIGUSR1, interrupt)
    library.call_fork = fork_and_interrupt
    return where_start_returns("return")


def interrupt(*_: object) -> None:
    """Raise, as a signal's handler may."""
    raise InterruptedError("by a signal")


def ids_of_a_child() -> tuple[int, int]:
    """Return the id that the library tells of a child, and the one that the child tells."""
    out, into = os.pipe()
    with library.start(lambda: os.write(into, str(os.getpid()).encode())) as child:
        child.wait(deadline())
        return child.pid, int(os.read(out, 20))


def exits_of(codes: list[int]) -> list[library.Exit]:
    """Start a child for each exit code, await the last first; return their ends, the first one's first."""
    with ExitStack() as tidy:
        children = [tidy.enter_context(library.start(sys.exit, code)) for code in codes]
        ends = {child.pid: child.wait(deadline()) for child in reversed(children)}
    return [ends[child.pid] for child in children]


def exits_by(signals: list[int]) -> list[library.Exit]:
    """Start a child for each signal, send it, and return how the children ended."""
    with ExitStack() as tidy:
        children = [tidy.enter_context(library.start(signal.pause)) for _ in signals]
        for child, signum in zip(children, signals, strict=True):
            child.send_signal(signum)
        return [child.wait(deadline()) for child in children]


def told_of(child: library.ForkedChild, timeout: float | None = None) -> library.Exit | str:
    """Wait for a child; return its end, or the name of the error that was raised instead."""
    try:
        return child.wait(timeout or deadline())
    except (OSError, library.ChildFailed) as error:
        return type(error).__name__


def told_twice() -> list[library.Exit | str]:
    """Wait for a child, send it signals that come too late, and wait for it again."""
    child = library.start(sys.exit, 7)
    first = told_of(child)
    child.send_signal(signal.SIGTERM)
    child.kill()
    return [first, told_of(child)]


def told_after_someone_else() -> library.Exit | str:
    """Wait for a child whose end somebody else has asked for already."""
    child = library.start(sys.exit, 7)
    reap_all()
    return told_of(child)


def give_up_waiting() -> tuple[library.Exit | str, str]:
    """Wait for a child that does not end, for a moment; return what came of that, and the child's state."""
    with library.start(signal.pause) as child:
        return told_of(child, timeout=0.001), state_of(child.pid)


def descriptors() -> set[str]:
    """List the open descriptors of this process."""
    return {entry.name for entry in Path("/proc/self/fd").iterdir()}


def leave_the_block() -> tuple[str, list[str]]:
    """Leave the block of a child that runs; return its state then, and the descriptors left open."""
    before = descriptors()
    with library.start(signal.pause) as child:
        pass
    state = state_of(child.pid)
    with suppress(ProcessLookupError):
        os.kill(child.pid, signal.SIGKILL)
    reap_all()
    return state, sorted(descriptors() - before)
