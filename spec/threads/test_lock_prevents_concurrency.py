"""The price of a lock: threads that could be in a section at the same time go through it one by one."""

import threading
from contextlib import nullcontext
from functools import partial

from concurrency_lib import locks
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline, happens_in_a_while
from spec.threads.locking import Visits, passes, visit
from spec.threads.targets import locking_library_broken
from spec.threads.together import together

claim = Claim(
    zh="加锁的代价：本来可以同时在一段代码里的多个线程，只能一个一个地通过。",
    decides={"lock.prevents-concurrency": 256},
    ruling=Holds(),
    needs=[has_threads],
)

THREADS = 4
Lock, NoLock = threading.Lock, nullcontext


def test_without_a_lock_all_are_inside_together(evidence):
    """Without a lock as many threads as there are meet in the middle of the section."""
    visits, middle = Visits(), threading.Barrier(THREADS)
    go_through = partial(visit, visits, NoLock(), partial(middle.wait, deadline()))
    with together(*[go_through] * THREADS) as threads:
        for thread in threads:
            thread.exception()
    visits.show(evidence, "four threads, no lock: each waits in the middle for the others")

    assert visits.peak() == THREADS


def test_with_a_lock_they_never_meet(evidence):
    """With a lock the first waits in vain for others in the middle of the section, and so does each after it."""
    visits, gate = Visits(), threading.Event()
    go_through = partial(visit, visits, Lock(), partial(passes, gate, "the opening of the gate"))
    with together(*[go_through] * THREADS, at_end=gate.set):
        visits.until("asks", THREADS)
        visits.until("enters", 1)

        assert not happens_in_a_while(lambda: len(visits.of("enters")) > 1)

    visits.show(evidence, "four threads, one lock: the first waits in vain for the others")

    assert visits.peak() == 1


def test_library_lets_through_one_by_one():
    """Threads that open a guarded value are in their blocks one at a time, however long the first stays in its own."""
    guarded, visits, gate = locks.Guarded(None), Visits(), threading.Event()

    def come_and_go():
        visits.note("asks")
        with guarded.open():
            visits.note("enters")
            passes(gate, "the opening of the gate")
            visits.note("leaves")

    with together(*[come_and_go] * THREADS, at_end=gate.set):
        visits.until("asks", THREADS)
        visits.until("enters", 1)

        assert not happens_in_a_while(lambda: len(visits.of("enters")) > 1)

    assert visits.peak() == 1


def test_library_opens_a_value_that_is_named_twice():
    """A guarded value that is named twice in one block is held once, and both names lead to it."""
    guarded = locks.Guarded(1)

    with locks.open_together(guarded, guarded) as (one, other):
        one.value += 1

        assert other.value == 2


@saboteur(caught_by=test_without_a_lock_all_are_inside_together, hangs=True)
def lock_after_all(patch):
    """Even what is no lock lets through one thread at a time."""
    patch.here(NoLock=Lock)


@saboteur(caught_by=test_with_a_lock_they_never_meet)
def lock_that_costs_nothing(patch):
    """Nobody waits for the lock."""
    patch.here(Lock=nullcontext)


@saboteur(caught_by=test_library_lets_through_one_by_one)
def library_that_takes_no_lock(patch):
    """The library opens a value without its lock."""
    patch.setattr(locks, "taken", locking_library_broken.without_locks)


@saboteur(caught_by=test_library_opens_a_value_that_is_named_twice)
def library_that_copies(patch):
    """Each access is to a value of its own."""
    patch.setattr(locks, "Access", locking_library_broken.AccessToACopy)
