"""Straight-line programs that notice whether another thread ran between two of their instructions.

Each writes its own name into a shared place, does something, and reads the place: another name there is the mark of a
switch in between. What it does in between is all that distinguishes them.
"""

from __future__ import annotations

import sys
import threading
import time
from types import SimpleNamespace

from concurrency_lib.interleavings import explore


def nothing():
    """Do nothing."""


def look(state):
    """Read the place, in a function of its own."""
    return state.last


def neighbours(state, me):
    """Nothing lies in between."""
    state.last = me
    return state.last


def arithmetic(state, me):
    """Operators on numbers, attributes and local variables lie in between."""
    state.last = me
    x = state.n
    x = x + 1
    x = x * 2 - x
    state.n = x % 7
    return state.last


def branch(state, me):
    """Tests and jumps forward lie in between."""
    state.last = me
    if state.n > 3:
        state.n = 0
    else:
        state.n = state.n + 1
    return state.last


def item(state, me):
    """A list and a dictionary lie in between."""
    state.last = me
    state.items[0] = [me, {"me": me}]
    (one, _), other = state.items[0], me
    del one, other
    return state.last


def entry(state, me):
    """The entry of a function lies in between."""
    state.last = me
    return look(state)


def call_of_python(state, me):
    """A whole call of a Python function lies in between."""
    state.last = me
    nothing()
    return state.last


def call_of_c(state, me):
    """A call of a C function lies in between."""
    state.last = me
    divmod(7, 2)
    return state.last


def loop(state, me):
    """A loop that goes back twice lies in between."""
    state.last = me
    for _ in (1, 2):
        pass
    return state.last


def loop_on_condition(state, me):
    """A loop that tests whether it goes back lies in between."""
    state.last = me
    n = 3
    while n:
        n = n - 1
    return state.last


def setup():
    """Return the shared place, and what else the programs work on."""
    return SimpleNamespace(last=None, n=0, items=[None], noticed=set())


def permitted(program):
    """Return what the poll points permit: whether a switch in between may be noticed."""

    def worker(me):
        def work(state):
            state.noticed.add(program(state, me) != me)

        return work

    found = explore(
        setup, [worker("one"), worker("other")], lambda _: True, granularity="polls", observe=lambda s: max(s.noticed)
    )
    assert found.exhausted
    return any(found.outcomes)


def noticed(program, seconds):
    """Run the program in two real threads for so long; return whether a switch was noticed, and in how many runs."""
    state, ended, runs = setup(), time.monotonic() + seconds, []
    found = threading.Event()

    def work(me):
        count = 0
        while time.monotonic() < ended and not found.is_set():
            if any(program(state, me) != me for _ in range(200)):
                found.set()
            count += 200
        runs.append(count)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=work, args=(name,)) for name in ("one", "other")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    return found.is_set(), sum(runs)
