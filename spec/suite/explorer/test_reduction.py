"""The reduced search leaves out no outcome that the unreduced search reaches."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from hypothesis import strategies as st

from concurrency_lib.interleavings import Lock, explore
from spec.suite.explorer import programs
from spec.support.properties import for_any
from spec.support.runtime import gil_enabled

STEPS = st.sampled_from(["read x", "read y", "write x", "write y"])
PARTS = st.one_of(STEPS, st.tuples(st.sampled_from(["a", "b"]), st.lists(STEPS, min_size=1, max_size=2)))
TWO = st.tuples(st.lists(PARTS, max_size=3), st.lists(PARTS, max_size=2))
THREE = st.tuples(*[st.lists(PARTS, max_size=1)] * 3)
# Threads hand over their turn many times slower on PyPy, and somewhat without a GIL.
SHARE = 20 if sys.implementation.name == "pypy" else 1 if gil_enabled() else 3


def fresh():
    """Return two variables and two locks."""
    return SimpleNamespace(x=0, y=0, a=Lock(), b=Lock(), registers={})


def step(state, number, name):
    """Take one step: what a worker reads, it adds to what it writes later."""
    own = state.registers.get(number, number)
    if name == "read x":
        own = own * 3 + state.x
    elif name == "read y":
        own = own * 3 + state.y
    elif name == "write x":
        state.x = own
    else:
        state.y = own
    state.registers[number] = own


def worker(number, parts):
    """Return a worker that does the parts, each a step or a lock with the steps under it."""

    def work(state):
        for part in parts:
            if isinstance(part, str):
                step(state, number, part)
            else:
                with getattr(state, part[0]):
                    for name in part[1]:
                        step(state, number, name)

    return work


def ends(parts, *, reduced):
    """Return all final states of the program, and how many schedules it took to see them."""
    found = explore(
        fresh,
        [worker(number, of_one) for number, of_one in enumerate(parts)],
        programs.always,
        shared={"x", "y"},
        observe=lambda s: (s.x, s.y, tuple(sorted(s.registers.items()))),
        reduced=reduced,
    )
    assert found.exhausted
    return set(found.outcomes), found.schedules


def same_ends(parts):
    """Promise that the reduced search reaches what the unreduced one reaches, in no more schedules."""
    reached, schedules = ends(parts, reduced=True)
    all_of_them, most = ends(parts, reduced=False)

    assert reached == all_of_them
    assert schedules <= most


@pytest.mark.parametrize(("programs_of", "examples"), [(TWO, 200), (THREE, 150)], ids=["two", "three"])
def test_programs_of(programs_of, examples):
    """For any two or three workers the reduced search reaches exactly the final states of the unreduced one."""
    checked = []

    def promise(parts):
        same_ends(parts)
        checked.append(parts)

    for_any(programs_of, examples=examples // SHARE)(promise)

    assert len(checked) == examples // SHARE
