"""Tasks of asyncio are explored from await to await."""

from __future__ import annotations

import asyncio
from math import factorial
from types import SimpleNamespace

import pytest

from concurrency_lib.interleavings import Schedule, Uncontrolled, explore_tasks, replay_tasks
from spec.suite.explorer import programs


@pytest.mark.parametrize(("tasks", "awaits"), [(2, 0), (2, 1), (2, 2), (3, 1)])
def test_orders(tasks, awaits):
    """Tasks that await k times take k + 1 steps each, in (n·(k + 1))! / ((k + 1)!)^n orders."""

    async def walk(_):
        for _ in range(awaits):
            await asyncio.sleep(0)

    found = explore_tasks(lambda: None, [walk] * tasks, programs.always)

    assert found.exhausted
    assert found.schedules == factorial(tasks * (awaits + 1)) // factorial(awaits + 1) ** tasks


async def count(state):
    """Count, and let others run between the read and the write."""
    x = state.x
    await asyncio.sleep(0)
    state.x = x + 1


async def count_at_once(state):
    """Count without letting others run."""
    state.x = state.x + 1
    await asyncio.sleep(0)


def both_counted(state):
    """Tell whether no update was lost."""
    return state.x == 2


def test_an_await_in_between():
    """An await between a read and a write loses an update in 4 of 6 schedules.

    Two tasks of two steps have C(4, 2) = 6 orders, and only the 2 in which one task ends before the other begins lose
    nothing.
    """
    found = explore_tasks(programs.namespace(x=0), [count, count], both_counted)

    assert (found.schedules, found.failures) == (6, 4)


def test_no_await_in_between():
    """Without an await between a read and a write no order loses an update, and no lock is needed."""
    found = explore_tasks(programs.namespace(x=0), [count_at_once, count_at_once], both_counted)

    assert (found.schedules, found.failures, found.exhausted) == (6, 0, True)


def test_the_same_failure_again():
    """A failing schedule of tasks, read back from text and replayed, fails in the same steps."""
    failure = explore_tasks(programs.namespace(x=0), [count, count], both_counted).failure
    schedule = Schedule.from_text(failure.schedule.as_text())

    again = [replay_tasks(programs.namespace(x=0), [count, count], both_counted, schedule) for _ in range(10)]

    assert again == [failure] * 10
    assert [step.worker for step in failure.steps] in ([0, 1, 1, 0], [1, 0, 0, 1])


def test_a_schedule_that_ends_well():
    """A schedule that ends well is replayed as no failure."""
    schedule = Schedule((0, 0, 1, 1), "awaits")

    assert replay_tasks(programs.namespace(x=0), [count, count], both_counted, schedule) is None


def test_a_deadlock():
    """Two tasks that take two locks in opposite orders, and await in between, deadlock in 4 of 6 schedules.

    Each task takes its first lock in its first step and its second lock in its second. Unless one has ended when the
    other begins, both hold their first lock when they ask for the second.
    """

    def taking(one, other):
        async def take(state):
            async with getattr(state, one):
                await asyncio.sleep(0)
                async with getattr(state, other):
                    pass

        return take

    found = explore_tasks(
        lambda: SimpleNamespace(left=asyncio.Lock(), right=asyncio.Lock()),
        [taking("left", "right"), taking("right", "left")],
        programs.always,
    )

    assert (found.schedules, found.deadlocks, found.exhausted) == (6, 4, True)
    assert all(f"waits at {__file__}:" in sentence for sentence in found.deadlock.says.split("; "))


def test_a_thread_of_an_executor():
    """A task that hands work to a thread is refused, with the line that does."""

    async def elsewhere(_):
        await asyncio.to_thread(print)

    with pytest.raises(Uncontrolled, match=r"task 0 asks for a thread of an executor at .*test_tasks\.py:\d+"):
        explore_tasks(lambda: None, [elsewhere], programs.always)
