"""Where a GIL may change hands, the schedules are fewer, and some races cannot show themselves."""

from __future__ import annotations

import sys

import pytest

from concurrency_lib.interleavings import explore
from spec.suite.explorer import programs

cpython = pytest.mark.skipif(sys.implementation.name != "cpython", reason="PyPy polls elsewhere")


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
    on_a_gil_build = explore(programs.namespace(x=0), [plain, plain], both_counted, granularity="polls")
    by_the_language = explore(programs.namespace(x=0), [plain, plain], both_counted, granularity="opcode")

    assert (on_a_gil_build.failures, on_a_gil_build.exhausted) == (0, True)
    assert by_the_language.failures > 0


@cpython
def test_a_call_between():
    """A call between a read and a write is a poll point, at which a GIL build can lose an update."""
    found = explore(programs.namespace(x=0), [with_a_call, with_a_call], both_counted, granularity="polls")

    assert found.failures > 0
    assert found.exhausted
