"""Promises broken one at a time, and the claims that must notice.

A breakage is applied when the interpreter starts, in every process of a run, before anything else is imported. It
stands for a real runtime or drop-in that gets this one thing wrong. Light: nothing here imports pytest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

# The modules that break promises; each stands beside this one.
MODULES = [
    "processes", "pools", "queues", "programs",
    "threads", "thread_names", "sharing", "thread_locals", "locks", "gil",
    "event_loops", "event_loop_sleeps", "event_loop_tasks", "event_loop_groups", "coroutines",
]  # fmt: skip


@dataclass(frozen=True)
class Breakage:
    """One broken promise: how it is broken, every claim that must notice, and those that may.

    A claim may notice where it depends on which of several workers or programs is faster.
    """

    apply: Callable[[], None]
    deviates: frozenset[str]
    may_deviate: frozenset[str]

    @property
    def topics(self) -> frozenset[str]:
        """The first words of the claims' ids, under which their neighbours are found."""
        return frozenset(claim.partition("-")[0] for claim in self.deviates | self.may_deviate)

    @property
    def says(self) -> str:
        """What is broken, in a sentence."""
        return (self.apply.__doc__ or "").strip()


BREAKAGES: dict[str, Breakage] = {}


def noticed_by(*claims: str, perhaps: Sequence[str] = ()) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Enter a breakage with the claims that must, and may, say DEVIATES under it; all others stay as they are."""

    def enter(apply: Callable[[], None]) -> Callable[[], None]:
        BREAKAGES[apply.__name__.replace("_", "-")] = Breakage(apply, frozenset(claims), frozenset(perhaps))
        return apply

    return enter


def replace(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    """Put `make(original)` in the place of an attribute."""
    setattr(owner, name, make(getattr(owner, name)))


def entered_by(module: str) -> list[str]:
    """Name the breakages that one module enters."""
    home = import_module(f"{__package__}.{module}").__name__
    return [name for name, breakage in BREAKAGES.items() if breakage.apply.__module__ == home]
