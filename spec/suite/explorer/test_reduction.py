"""The reduced search leaves out no outcome that the unreduced search reaches."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import strategies as st

from concurrency_lib.interleavings import Lock, explore
from spec.suite.explorer import programs
from spec.support.properties import for_any

STEPS = st.sampled_from(["read x", "read y", "write x", "write y"])
PARTS = st.one_of(STEPS, st.tuples(st.sampled_from(["a", "b"]), st.lists(STEPS, min_size=1, max_size=2)))
TWO = st.tuples(st.lists(PARTS, max_size=3), st.lists(PARTS, max_size=2))
THREE = st.tuples(*[st.lists(PARTS, max_size=1)] * 3)


def fresh():
    """Return two variables and two locks."""
    return SimpleNamespace(x=0, y=0, a=Lock(), b=Lock(), registers={})


def worker(number, parts):
    """Return a worker that does the parts: what it reads, it adds to what it writes later."""

    def step(state, name):
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

    def work(state):
        for part in parts:
            if isinstance(part, str):
                step(state, part)
            else:
                with getattr(state, part[0]):
                    for name in part[1]:
                        step(state, name)

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


def test_two_workers():
    """For any two workers the reduced search reaches exactly the final states of the unreduced one."""

    @for_any(TWO, examples=200)
    def same_ends(parts):
        reached, schedules = ends(parts, reduced=True)
        all_of_them, most = ends(parts, reduced=False)

        assert reached == all_of_them
        assert schedules <= most


def test_three_workers():
    """For any three workers the reduced search reaches exactly the final states of the unreduced one."""

    @for_any(THREE, examples=150)
    def same_ends(parts):
        assert ends(parts, reduced=True)[0] == ends(parts, reduced=False)[0]
