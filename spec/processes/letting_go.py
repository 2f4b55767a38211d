"""A process that says who it is, and lives until it is let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from spec.processes.talking import pipe_between
from spec.processes.targets import process
from spec.support.deadlines import arrives


class Held(NamedTuple):
    """A process that lives until it is let go, and the pid that it found for itself."""

    child: Any
    pid: int
    let_go: Callable[[], None]


@contextmanager
def held(context: Any, start: Callable[..., Any]) -> Iterator[Held]:
    """Start such a process, by what starts a function in a process for the length of a block."""
    with (
        pipe_between(context) as (here, there),
        pipe_between(context) as (gate, key),
        start(process.tell_when_let_go, there, gate) as child,
    ):
        yield Held(child, arrives(here, "the child's pid"), partial(key.send, "go on"))
