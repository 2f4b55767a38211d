"""An exploration that is cut short says so."""

from __future__ import annotations

import pytest

from concurrency_lib.interleavings import Budget, explore
from spec.suite.explorer import programs


@pytest.mark.parametrize("budget", [Budget(schedules=5), Budget(seconds=0.0)], ids=["schedules", "seconds"])
def test_a_budget_that_ends_first(budget):
    """An exploration that its budget cuts short is never exhausted, and says which budget it was."""
    found = programs.unlocked(1, budget=budget)

    assert not found.exhausted
    assert "is spent" in found.stopped_by


def test_a_budget_that_just_suffices():
    """An exploration whose budget ends with its last schedule is exhausted."""
    found = programs.unlocked(1, budget=Budget(schedules=34))

    assert (found.exhausted, found.stopped_by) == (True, "")


def test_a_worker_that_never_ends():
    """A schedule that does not end within its steps is told, and the exploration is not exhausted."""

    def spin(state):
        while not state.flag:
            pass

    def ends(state):
        state.flag = True

    found = explore(
        programs.namespace(flag=False), [spin, ends], programs.always, budget=Budget(steps=20, schedules=50)
    )

    assert not found.exhausted
    assert found.failure.kind == "endless"
