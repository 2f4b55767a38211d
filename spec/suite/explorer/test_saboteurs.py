"""An explorer that is made unsound no longer reproduces the closed forms."""

from __future__ import annotations

import itertools

import pytest

from concurrency_lib.interleavings import conditions, locks, primitives, search
from concurrency_lib.interleavings.operations import Operation
from spec.suite.explorer import programs


def test_a_lock_whose_identity_changes(monkeypatch):
    """Locks that have another name in each run are found out: no run repeats another."""
    names = itertools.count()
    monkeypatch.setattr(
        locks.Lock,
        "__init__",
        lambda self: (
            primitives.Primitive.__init__(self),
            setattr(self, "_owner", None),
            setattr(self, "_key", f"Lock {next(names)}"),
        )[0],
    )

    with pytest.raises(search.Nondeterministic):
        programs.sections(2, 2)


def test_a_sleep_set_that_forgets_a_dependency(monkeypatch):
    """A search that takes the operations of one lock for independent runs too few schedules."""
    true_conflict = search.conflict
    monkeypatch.setattr(search, "conflict", lambda a, b: true_conflict(a, b) and a.name not in ("acquire", "release"))

    assert programs.sections(2, 2).schedules < 6


def test_a_search_that_takes_writes_for_reads(monkeypatch):
    """A search that lets a read and a write be swapped misses failures."""
    true_conflict = search.conflict
    monkeypatch.setattr(search, "conflict", lambda a, b: true_conflict(a, b) and a.writes and b.writes)

    assert programs.unlocked(1).failures < 18


def test_an_acquire_one_step_late(monkeypatch):
    """A lock that is taken one step after the scheduler chose who takes it admits two."""

    def late(lock, _blocking=True, _timeout=-1):  # noqa: FBT002 - as `acquire` has it
        lock._step("acquire", lock._free)  # noqa: SLF001 - a saboteur knows the inside
        lock._step("go in")  # noqa: SLF001 - a saboteur knows the inside
        lock._owner = primitives.me()  # noqa: SLF001 - a saboteur knows the inside
        return True

    monkeypatch.setattr(locks.Lock, "acquire", late)

    found = programs.locked(2)

    assert (found.schedules, found.failures) != (2, 0)
    assert found.failures > 0


def test_a_condition_that_tells_the_first_in_line(monkeypatch):
    """A condition that always tells who came first hides the orders in which another wakes before."""
    monkeypatch.setattr(conditions.Condition, "_choose_waiter", lambda self: self._waiters[0])

    found = programs.two_waiters_and_a_teller()

    assert found.schedules < 10
    assert set(found.outcomes) == {("ij", "ij"), ("ji", "ji")}


def test_a_bound_that_nobody_asked_for(monkeypatch):
    """A search that is quietly bounded runs too few schedules."""
    true_init = search.Search.__init__
    monkeypatch.setattr(search.Search, "__init__", lambda self, _bound=None, **_: true_init(self, 1))

    assert programs.unlocked(1).schedules < 34


def test_conflicts_are_symmetric():
    """Whether two steps conflict does not depend on which is named first."""
    keys = ["x", "y", "['x']", "[...]", "everything"]
    steps = [Operation("step", key, writes, "") for key in keys for writes in (False, True)]

    for one, other in itertools.product(steps, steps):
        assert search.conflict(one, other) == search.conflict(other, one)
