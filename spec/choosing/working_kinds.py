"""The kinds of workers on which one contract is run, and whether this runtime has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spec.choosing.targets import working, working_failures, working_teams
from spec.support.capabilities import refusal_of
from spec.support.claims import Condition
from spec.support.deadlines import deadline
from spec.support.evidence import Evidence

CONTRACT = [
    working.each_task_once,
    working.values_in_order,
    working.results_as_they_come,
    working.no_more_than_agreed,
    working_failures.failure_traced,
    working_failures.first_failure_raised,
    working_failures.exit_survived,
    working.left_in_the_middle,
    working_failures.unpicklable_named,
]

KINDS = ["threads", "processes", "process pool"]

has_interpreters = Condition(
    "this runtime has a pool of interpreters",
    lambda: refusal_of(
        "from concurrent.futures import InterpreterPoolExecutor\n"
        "with InterpreterPoolExecutor(1) as pool: pool.submit(int).result()"
    ),
)
has_dask = Condition("Dask's distributed is installed", lambda: refusal_of("import distributed"))


def of_every_kind(*kinds: str) -> Any:
    """Make a requirement's cases: one for each kind of workers."""
    return pytest.mark.parametrize("kind", kinds or KINDS)


def keep(clean_room: Any, evidence: Evidence, tmp_path: Path, kind: str, *checks: working_teams.Check) -> None:
    """Run checks on teams of a kind in the clean room, and show what they have to show."""
    told = clean_room.run(working_teams.keep, kind, list(checks), tmp_path, deadline())
    for check in checks:
        evidence.figures(f"{check.__name__.replace('_', ' ')}, with {kind}", told[check.__name__])
