"""A question that cannot be answered is answered with what is wrong with it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from concurrency_lib.interleavings import ExplorationError, Nondeterministic, Schedule, explore, replay
from spec.suite.explorer import programs


def write(state):
    """Write once."""
    state.x = 1


def test_no_workers():
    """Without workers there is nothing to explore."""
    with pytest.raises(ValueError, match="workers: expected at least 1, got none"):
        explore(SimpleNamespace, [], programs.always)


def test_a_negative_bound():
    """A bound is a number of preemptions."""
    with pytest.raises(ValueError, match="bound: expected a number of preemptions, got -1"):
        explore(SimpleNamespace, [write], programs.always, bound=-1)


def test_a_setup_that_does_not_reset():
    """A `setup` that hands out the same state again is found by the first step that differs."""
    state = SimpleNamespace(x=0)

    def once(state):
        if not state.x:
            state.x = 1

    with pytest.raises(Nondeterministic, match="does setup make everything anew"):
        explore(lambda: state, [once, once], programs.always)


def test_nondeterministic_code():
    """A worker that does something else in another run is an error that names the first difference."""
    runs = iter(range(1000))

    def fickle(state):
        if next(runs) % 4 < 2:
            state.x = 1
        else:
            state.y = 1

    with pytest.raises(Nondeterministic, match=r"step \d+: expected worker .* found "):
        explore(SimpleNamespace, [fickle, fickle], programs.always, shared={"x", "y"})


def test_an_invariant_that_raises():
    """An invariant that raises is an error of the question, but an assertion in it is an answer."""

    def asserting(state):
        assert state.x == 2, "x is not 2"
        return True

    with pytest.raises(ExplorationError, match="the invariant raised ZeroDivisionError"):
        explore(SimpleNamespace, [write], lambda _: 1 / 0)

    found = explore(SimpleNamespace, [write], asserting)

    assert "x is not 2" in found.failure.says


def test_an_invariant_without_an_answer():
    """An invariant that returns nothing is refused: it would hold of everything."""
    with pytest.raises(ExplorationError, match="the invariant returned None"):
        explore(SimpleNamespace, [write], lambda _: None)


def test_a_worker_that_raises():
    """What a worker raises is a failure of that schedule, with its type and text."""

    def fail(_):
        raise LookupError("nowhere")

    found = explore(SimpleNamespace, [fail], programs.always)

    assert found.failure.kind == "exception"
    assert "LookupError: nowhere" in found.failure.says


def test_a_schedule_of_another_program():
    """A schedule that does not fit the program is an error that names the step."""
    with pytest.raises(Nondeterministic, match="at step 0: expected worker 7"):
        replay(SimpleNamespace, [write], programs.always, Schedule((7,)))
