"""Where a GIL may change hands, the schedules are fewer, and some races cannot show themselves."""

from __future__ import annotations

import sys

import pytest

from concurrency_lib.interleavings import ExplorationError, explore
from spec.suite.explorer import polled, programs
from spec.support.runtime import gil_enabled

on_a_gil_build = pytest.mark.skipif(
    sys.implementation.name != "cpython" or not gil_enabled(), reason="this is about a CPython with a GIL"
)
cpython = pytest.mark.skipif(sys.implementation.name != "cpython", reason="PyPy looks elsewhere")


def nothing():
    """Do nothing: to call this is to pass a place where the GIL may change hands."""


def plain(state):
    """Count: no call and no loop lies between the read and the write."""
    state.x = state.x + 1


def with_a_call(state):
    """Count, with a call between the read and the write."""
    x = state.x
    nothing()
    state.x = x + 1


def both_counted(state):
    """Tell whether no update was lost."""
    return state.x == 2


@cpython
def test_no_poll_between():
    """Where no poll point lies between a read and a write, a GIL build loses no update; another build may."""
    with_a_gil = explore(programs.namespace(x=0), [plain, plain], both_counted, granularity="polls")
    by_the_language = explore(programs.namespace(x=0), [plain, plain], both_counted, granularity="opcode", bound=2)

    assert (with_a_gil.failures, with_a_gil.exhausted) == (0, True)
    assert by_the_language.failures > 0


@cpython
def test_a_call_between():
    """A call between a read and a write is a poll point, at which a GIL build can lose an update."""
    found = explore(programs.namespace(x=0), [with_a_call, with_a_call], both_counted, granularity="polls")

    assert found.failures > 0
    assert found.exhausted


NEVER = [polled.neighbours, polled.arithmetic, polled.branch, polled.item]
EVER = [polled.entry, polled.call_of_python, polled.call_of_c, polled.loop, polled.loop_on_condition]


@on_a_gil_build
@pytest.mark.parametrize("program", NEVER, ids=lambda program: program.__name__)
def test_no_switch_without_a_poll_point(program):
    """Between instructions without a poll point no switch is permitted, and a quarter of a second sees none."""
    seen, runs = polled.noticed(program, 0.25)

    assert not polled.permitted(program)
    assert not seen, f"a switch was noticed, within {runs} runs"


@on_a_gil_build
@pytest.mark.parametrize("program", EVER, ids=lambda program: program.__name__)
def test_a_switch_at_a_poll_point(program):
    """At a poll point a switch is permitted, and with a tiny switch interval it is seen, as a rule within moments."""
    assert polled.permitted(program)

    seen, runs = polled.noticed(program, 3)

    if not seen:
        pytest.skip(f"a switch is permitted, but none was noticed in {runs} runs")


@pytest.mark.skipif(sys.implementation.name == "cpython", reason="this is about other implementations")
def test_another_implementation():
    """Where poll points are not known the question is refused."""
    with pytest.raises(ExplorationError, match="poll points are known of CPython alone"):
        explore(programs.namespace(x=0), [plain, plain], both_counted, granularity="polls")
