"""Multiprocessing contexts for the items of a run, which carry sabotage into children of any kind."""

from __future__ import annotations

import multiprocessing
import multiprocessing.context
import multiprocessing.process
from collections.abc import Sequence
from typing import Any

from spec.support.sabotage import ChildSabotage, sabotage_this_process


class _Carrier(multiprocessing.process.BaseProcess):
    """A process that breaks its own world before it runs its target."""

    carried: Sequence[ChildSabotage] = ()

    def run(self) -> None:
        sabotage_this_process(self.carried)
        super().run()


class SpawnProcess(_Carrier, multiprocessing.context.SpawnProcess):
    """Importable by name, as a spawned child needs it."""


CARRIERS: dict[str, type[_Carrier]] = {"spawn": SpawnProcess}

if "fork" in multiprocessing.get_all_start_methods():

    class ForkProcess(_Carrier, multiprocessing.context.ForkProcess):
        """Importable by name, like its siblings."""

    class ForkServerProcess(_Carrier, multiprocessing.context.ForkServerProcess):
        """Importable by name, as a fork server's child needs it."""

    CARRIERS |= {"fork": ForkProcess, "forkserver": ForkServerProcess}


def context_for(start_method: str, carried: Sequence[ChildSabotage]) -> Any:
    """Return the standard library's context, or, where there is sabotage to carry, one that carries it."""
    plain = multiprocessing.get_context(start_method)
    if not carried:
        return plain

    carrier = CARRIERS[start_method]

    class Sabotaged(carrier):  # type: ignore[misc, valid-type]
        """A class, as a context's Process is; what it makes is a carrier, which can be imported by name."""

        def __new__(cls, *args: Any, **kwargs: Any) -> Any:
            process = carrier(*args, **kwargs)
            process.carried = tuple(carried)
            return process

    return type("CarryingContext", (type(plain),), {"Process": Sabotaged})()
