"""Functions of several kinds, called once each in the clean room, and how often each comes back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from spec.processes.targets.fork_relatives import reap_all
from spec.support.sabotage import Patch


def plain() -> str:
    """Return."""
    return "done"


def raising() -> str:
    """Raise."""
    raise RuntimeError("not done")


def yielding() -> Iterator[str]:
    """Yield three times, and return."""
    yield "first"
    yield "second"
    yield "third"


def forking() -> int:
    """Fork, and return."""
    return os.fork()


def returns_in_each_process(kind: str) -> list[int]:
    """Call a function once; return how often it came back, in a process that it forked first of all."""
    caller, (out, into) = os.getpid(), os.pipe()
    returns = times_returned(getattr(sys.modules[__name__], kind))
    if os.getpid() != caller:
        os.write(into, f"{returns}\n".encode())
        os._exit(0)
    reap_all()
    os.write(into, f"{returns}\n".encode())
    os.close(into)
    with os.fdopen(out) as reports:
        return [int(count) for count in reports]


def times_returned(function: Callable[[], Any]) -> int:
    """Call a function once, resume what it makes to its end, and count how often it hands something back."""
    handed_back = []

    def note(frame: FrameType, event: str, value: object) -> None:
        if frame.f_code is function.__code__ and event == "return" and value is not None:
            handed_back.append(value)

    sys.setprofile(note)
    try:
        resume_to_the_end(function())
    except RuntimeError:
        pass
    finally:
        sys.setprofile(None)
    return len(handed_back)


def resume_to_the_end(made: object) -> None:
    """Exhaust an iterator; leave anything else."""
    if isinstance(made, Iterator):
        for _ in made:
            pass


def function_that_yields(patch: Patch) -> None:
    """Have the plain function be a generator."""
    patch.setattr(sys.modules[__name__], "plain", yielding)


def error_that_is_returned(patch: Patch) -> None:
    """Have the function hand its error back."""

    def returning() -> str:
        return "not done"

    patch.setattr(sys.modules[__name__], "raising", returning)


def generator_that_is_a_list(patch: Patch) -> None:
    """Have the generator function make all its values at once."""

    def listing() -> list[str]:
        return ["first", "second", "third"]

    patch.setattr(sys.modules[__name__], "yielding", listing)
