"""Promises for any input: hypothesis, made repeatable."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import HypothesisWarning
from hypothesis.internal.conjecture import providers
from hypothesis.strategies import SearchStrategy

from spec.support.sabotage import under_way

REPEATABLE = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

if hasattr(providers, "_get_local_constants"):
    # It draws constants from whatever modules of ours are loaded: inputs would depend on what else is run.
    NO_CONSTANTS = vars(providers)["Constants"]()
    providers._get_local_constants = lambda: NO_CONSTANTS  # noqa: SLF001


def phases() -> list[Phase]:
    """Return what to do about a promise: look for the smallest counterexample only if somebody will read it."""
    return [Phase.generate] if under_way() else [Phase.generate, Phase.shrink]


def for_any(*inputs: SearchStrategy[Any], examples: int = 100) -> Callable[[Callable[..., None]], None]:
    """Check a promise at once for many inputs, the same ones in every run, inside a requirement's own set-up.

    @for_any(integers(), text())
    def comes_back_unchanged(number, name): ...
    """

    def check(promise: Callable[..., None]) -> None:
        with warnings.catch_warnings():
            # From 3.14 on hypothesis takes its generator for lost where the plugin has frozen what holds it.
            warnings.filterwarnings("ignore", "It looks like `register_random`", HypothesisWarning)
            settings(REPEATABLE, max_examples=examples, phases=phases())(given(*inputs)(promise))()

    return check
