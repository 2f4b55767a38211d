"""Shared data is found wherever it lies, and whoever changes it."""

from __future__ import annotations

from types import SimpleNamespace

from concurrency_lib.interleavings import explore
from spec.suite.explorer import programs


def test_check_then_act_on_a_list():
    """A truth test of a list is a step: a worker that pops after it may find the list empty."""

    def take(state):
        if state.items:
            state.items.pop()

    found = explore(lambda: SimpleNamespace(items=[1]), [take, take], programs.always)

    assert found.failures > 0
    assert "IndexError" in found.failure.says
    assert found.failures < found.schedules


def test_a_list_changed_by_c():
    """What a method written in C does to a shared list conflicts with every look at it."""

    def add(state):
        state.items.append(1)

    def look(state):
        state.seen = len(state.items)

    found = explore(
        lambda: SimpleNamespace(items=[], seen=None), [add, look], programs.always, observe=lambda s: s.seen
    )

    assert set(found.outcomes) == {0, 1}


def test_an_item():
    """An item of a dictionary that two workers count up loses an update."""

    def count(state):
        state["n"] += 1

    found = explore(lambda: {"n": 0}, [count, count], programs.always, observe=lambda s: s["n"])

    assert set(found.outcomes) == {1, 2}


def test_a_variable_of_a_closure():
    """A variable of a closure that two workers count up loses an update in some schedules."""
    counted = 0

    def reset():
        nonlocal counted
        counted = 0

    def count(_):
        nonlocal counted
        counted += 1

    found = explore(reset, [count, count], programs.always, observe=lambda _: counted)

    assert set(found.outcomes) == {1, 2}
    assert found.schedules == 4


def test_a_closure_that_only_reads():
    """A worker that only reads a closure's variable never undoes another worker's write to it."""
    seen = 0

    def setup():
        nonlocal seen
        seen = 0

    def write(_):
        nonlocal seen
        seen = 1

    def read(_):
        return [seen + 1, seen + 1]

    found = explore(setup, [read, write, read], lambda _: seen == 1)

    assert (found.failures, found.exhausted) == (0, True)


def test_a_special_method():
    """A special method of the program is explored, though no call of it is written down."""

    class Counter:
        def __init__(self):
            self.n = 0

        def __iadd__(self, amount):
            self.n = self.n + amount
            return self

    def count(state):
        state.counter += 1

    found = explore(
        lambda: SimpleNamespace(counter=Counter()),
        [count, count],
        programs.always,
        observe=lambda s: s.counter.n,
    )

    assert set(found.outcomes) == {1, 2}


def test_a_callback_from_c():
    """A function of the program that C code calls is explored."""

    def setup():
        return SimpleNamespace(n=0)

    def count(state):
        def one_more(item):
            state.n = state.n + 1
            return item

        sorted([1], key=one_more)

    found = explore(setup, [count, count], programs.always, observe=lambda s: s.n)

    assert set(found.outcomes) == {1, 2}
