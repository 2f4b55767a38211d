"""Threads that each hold a lock and want another's can come to wait in a circle, unless all take locks in one order."""

import threading
from functools import partial

import pytest
from hypothesis.strategies import lists, sampled_from

from concurrency_lib import locks
from concurrency_lib.interleavings import Lock as ModelledLock
from concurrency_lib.interleavings import explore
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline
from spec.support.outcomes import raised_by
from spec.support.properties import for_any
from spec.threads.locking import FEW, enter, show_exploration, show_schedule
from spec.threads.locking_circles import (
    around_a_table,
    cycle_of,
    left_first,
    right_first,
    show_cycle,
    table_for,
    transfer,
    two_accounts,
    two_locks,
)
from spec.threads.locking_noted import NotingLock
from spec.threads.targets import locking_broken, locking_library_broken
from spec.threads.together import together

claim = Claim(
    zh="几个线程各自拿着一把锁、又想要别人手里的锁，就可能等成一圈；大家都按同一次序取锁，便不会如此。",
    decides={"lock.deadlock-possible": 256},
    ruling=Holds(),
    needs=[has_threads],
)

Lock = threading.Lock


def test_opposite_orders_can_deadlock(evidence):
    """Among the schedules of two threads that take two locks in opposite orders there is one that ends in a circle."""
    found = explore(two_locks, [left_first, right_first], lambda _: True, shared=[])
    show_exploration(evidence, "two threads, two locks, opposite orders", found)

    assert found.deadlocks > 0
    assert cycle_of(found.deadlock) == [
        ("worker 0 (left_first)", ("worker 1 (right_first)",)),
        ("worker 1 (right_first)", ("worker 0 (left_first)",)),
    ]

    show_schedule(evidence, "the shortest way into the deadlock", found.deadlock)
    show_cycle(evidence, found.deadlock)


def test_one_order_cannot_deadlock(evidence):
    """No schedule of two threads that take two locks in the same order ends in a circle."""
    found = explore(two_locks, [left_first, left_first], lambda _: True, budget=FEW, shared=[])
    show_exploration(evidence, "two threads, two locks, one order", found)

    assert (found.failures, found.exhausted) == (0, True)


def test_real_threads_deadlock(evidence):
    """Two threads that hold one lock each get no other until their time is up, as long as neither lets go."""
    left, right = Lock(), Lock()
    both_hold_one, both_gave_up = threading.Barrier(2), threading.Barrier(2)

    def cross(first, second):
        with first:
            both_hold_one.wait(deadline())
            got = second.acquire(timeout=0.005)
            both_gave_up.wait(deadline())
            return got

    with together(partial(cross, left, right), partial(cross, right, left)) as threads:
        got = [thread.value() for thread in threads]
    evidence.figures(
        "did they get the second lock?", {"right, for who has left": got[0], "left, for who has right": got[1]}
    )

    assert got == [False, False]


@pytest.mark.parametrize("number", [2, 3])
def test_library_never_deadlocks(number, evidence):
    """In no schedule do threads around a table, which take their two locks through the library, wait in a circle."""
    take = partial(locks.acquire_in_order, key=str)
    found = explore(table_for(number), around_a_table(number, take), lambda _: True, shared=[])
    show_exploration(evidence, f"{number} threads around a table of {number} locks", found)

    assert (found.failures, found.exhausted) == (0, True)


def test_library_takes_any_locks_in_one_order():
    """However locks are named, and how often, the library takes each once, in the order of their addresses."""
    taken = []
    some = [NotingLock(taken) for _ in range(5)]

    @for_any(lists(sampled_from(range(5)), max_size=8), examples=30)
    def each_once_in_order(numbers):
        taken.clear()
        with locks.acquire_in_order(*(some[number] for number in numbers)):
            assert taken == sorted({id(some[number]) for number in numbers})

        assert all(lock.free for lock in some)


def test_library_refuses_what_has_no_order():
    """The library refuses, with ValueError and before it takes any, two locks that have one key."""
    one, other = Lock(), Lock()

    assert isinstance(raised_by(enter, locks.acquire_in_order(one, other, key=type)), ValueError)
    assert not one.locked()
    assert not other.locked()


def test_library_opens_values_together(evidence):
    """In no schedule do two transfers between two guarded values, one each way, deadlock or lose anything."""
    found = explore(
        two_accounts,
        [transfer(30, "ours", "theirs"), transfer(50, "theirs", "ours")],
        lambda state: (state.ours._value, state.theirs._value) == (120, 80),  # noqa: SLF001 - when all have ended
        shared=["_value"],
        swap=True,
    )
    show_exploration(evidence, "two transfers in opposite directions", found)

    assert (found.failures, found.exhausted) == (0, True)


@saboteur(caught_by=test_opposite_orders_can_deadlock)
def threads_that_take_turns(patch):
    """The second thread takes its locks in the order of the first."""
    patch.here(right_first=left_first)


@saboteur(caught_by=test_one_order_cannot_deadlock)
def locks_that_change_places(patch):
    """What one thread calls the left lock the other calls the right one."""
    patch.here(two_locks=lambda: locking_broken.ChangingPlaces(left=ModelledLock(), right=ModelledLock()))


@saboteur(caught_by=test_real_threads_deadlock)
def lock_that_has_room_for_two(patch):
    """Two threads hold a lock at once."""
    patch.here(Lock=locking_broken.LockForTwo)


@saboteur(caught_by=test_library_never_deadlocks)
def library_that_takes_locks_as_they_come(patch):
    """The library takes locks in the order in which they are named."""
    patch.setattr(locks, "in_order", locking_library_broken.as_named)


@saboteur(caught_by=test_library_takes_any_locks_in_one_order)
def library_that_has_no_order(patch):
    """The library takes each lock once, in the order in which they are named."""
    patch.setattr(locks, "in_order", locking_library_broken.as_named)


@saboteur(caught_by=test_library_takes_any_locks_in_one_order)
def library_that_takes_a_lock_twice(patch):
    """The library takes a lock as often as it is named."""
    patch.setattr(locks, "in_order", lambda wanted, key: sorted(wanted, key=key))


@saboteur(caught_by=test_library_refuses_what_has_no_order)
def library_that_does_not_look_at_keys(patch):
    """The library takes locks of one key as they come."""
    patch.setattr(locks, "in_order", locking_library_broken.as_named)


@saboteur(caught_by=test_library_opens_values_together)
def library_that_opens_values_as_they_come(patch):
    """The library opens values in the order in which they are named."""
    patch.setattr(locks, "in_order", locking_library_broken.as_named)
