"""Runtimes that break one promise each, and the claims that must notice.

A breakage is applied when the interpreter starts, in every process of a run, before anything else is imported. It
stands for a real runtime or drop-in that gets this one thing wrong. Light: nothing here imports pytest.
"""

from __future__ import annotations

import multiprocessing.pool
import multiprocessing.process
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Breakage:
    """One broken promise: how it is broken, and every claim that speaks of it."""

    apply: Callable[[], None]
    deviates: frozenset[str]

    @property
    def says(self) -> str:
        """What is broken, in a sentence."""
        return (self.apply.__doc__ or "").strip()


BREAKAGES: dict[str, Breakage] = {}


def noticed_by(*claims: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Enter a breakage with the claims that must say DEVIATES under it; all others must stay as they are."""

    def enter(apply: Callable[[], None]) -> Callable[[], None]:
        BREAKAGES[apply.__name__.replace("_", "-")] = Breakage(apply, frozenset(claims))
        return apply

    return enter


@noticed_by("mp-join-waits")
def join_returns_at_once() -> None:
    """Joining a process does not wait for its end."""
    multiprocessing.process.BaseProcess.join = lambda _self, _timeout=None: None  # type: ignore[method-assign]
