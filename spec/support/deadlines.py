"""One generous deadline, reached only when a specification is about to fail.

Nothing here orders events: these helpers wait for facts, and say what they waited for when it does not come.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from spec.support.frames import stacks
from spec.support.outcomes import Overdue
from spec.support.sabotage import under_way

Value = TypeVar("Value")

GENEROUS = 20.0
IMPATIENT = 0.1
LEAST = 0.03
A_WHILE = 0.015
LONG = 5.0

_generous = _seconds = GENEROUS
_watch = A_WHILE


def deadline() -> float:
    """Seconds that anything may take before it counts as overdue; short only under a saboteur that hangs."""
    return _seconds


def set_deadline(seconds: float) -> None:
    """Be more, or less, generous for the rest of this process: a run's own choice."""
    global _generous, _seconds  # noqa: PLW0603 - one deadline for the whole process is the point
    _generous = _seconds = seconds


def a_while() -> float:
    """Seconds for which a requirement watches that what it has ruled out does not happen.

    However short this is, what cannot happen does not. What is broken shows soon, if not on a busy machine: so a
    requirement that is sabotaged watches for long.
    """
    return min(LONG, deadline()) if under_way() else _watch


def set_watch(seconds: float) -> None:
    """Watch for longer, or shorter, for the rest of this process: a run's own choice."""
    global _watch  # noqa: PLW0603 - one for the whole process, as the deadline is
    _watch = seconds


def happens_in_a_while(fact: Callable[[], object]) -> bool:
    """Watch for a fact that the requirement has ruled out."""
    give_up = time.monotonic() + a_while()
    while not (happened := bool(fact())) and time.monotonic() < give_up:
        time.sleep(0.001)
    return happened


def patience(took: float | None) -> float:
    """Return the seconds after which a requirement that is expected to hang counts as hanging.

    That is three times what it took unbroken, a moment ago on the same machine, where that is known and short.
    """
    return IMPATIENT if took is None else min(IMPATIENT, max(LEAST, 3 * took))


@contextmanager
def impatience(within: float = IMPATIENT) -> Iterator[None]:
    """Shorten the deadline: a saboteur that hangs is expected to miss it."""
    global _seconds  # noqa: PLW0603 - as above
    _seconds = min(within, _generous)
    try:
        yield
    finally:
        _seconds = _generous


def wait_until(fact: Callable[[], Value], what: str, within: float | None = None) -> Value:
    """Return the first true value of `fact()`; raise `Overdue` naming `what` when the deadline passes."""
    give_up = time.monotonic() + (deadline() if within is None else within)
    pause = 0.0005
    while not (value := fact()):
        if time.monotonic() > give_up:
            raise overdue(what)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.005)
    return value


def arrives(channel: Any, what: str) -> Any:
    """Receive from a connection within the deadline; raise `Overdue` naming `what` otherwise."""
    if not channel.poll(deadline()):
        raise overdue(what)
    return channel.recv()


def ends(process: Any) -> Any:
    """Wait for the end of a process or thread, and return it; raise `Overdue` naming it otherwise.

    It asks instead of joining: what `join` does is for claims to find out, and for nothing else to depend on.
    """
    _wake_at_the_end(process)
    wait_until(lambda: not process.is_alive(), f"the end of {process.name}")
    return process


def _wake_at_the_end(process: Any) -> None:
    """Sleep until a process ends, or so long that asking again and again costs little beside it."""
    sentinel = getattr(process, "sentinel", None)  # which threads have not
    if sentinel is not None:
        from multiprocessing.connection import wait  # noqa: PLC0415 - it is there where there is a process

        wait([sentinel], min(deadline(), 0.02))


def put_away(process: Any) -> None:
    """Kill a process that was started, unless it has ended, and leave nothing of it."""
    process.kill()
    wait_until(lambda: not process.is_alive(), f"the end of {process.name}", within=GENEROUS)
    process.close()


def overdue(what: str) -> Overdue:
    """Make the error for a fact that did not come, with every thread's stack."""
    return Overdue(f"not within {deadline():g} s: {what}\n{stacks()}")
