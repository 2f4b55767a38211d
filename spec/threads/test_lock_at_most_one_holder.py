"""However many threads use a lock, one of them at the most holds it at any time."""

import threading
import time
from contextlib import nullcontext
from functools import partial

import pytest
from hypothesis.strategies import integers, lists, sampled_from, tuples

from concurrency_lib import locks
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.outcomes import raised_by
from spec.support.properties import for_any
from spec.threads.locking import Visits, alone_in_turn, passes, visit
from spec.threads.locking_script import DEEDS, THREADS, Model, lockstep, play
from spec.threads.targets import locking_broken
from spec.threads.together import together

claim = Claim(
    zh="无论有多少线程在用同一把锁，任何时刻至多有一个线程持有它。",
    decides={"lock.at-most-one-holder": 252},
    ruling=HoldsIf(
        condition="only the thread that took the lock lets it go",
        because="a Lock belongs to nobody: any thread may release it, and then another gets in beside the one that "
        "took it and is still inside",
        correction=Text(
            en="Take a lock with the with statement, so that nobody else comes to release it, or use an RLock, which "
            "refuses a release by any thread but its holder.",
            zh="用 with 语句来取锁，别处就没有理由去释放它；也可以改用 RLock，除持有者之外，别的线程来释放它会被拒绝。",
        ),
        references=[
            "https://docs.python.org/3/library/threading.html#threading.Lock.release",
            "https://docs.python.org/3/library/threading.html#threading.RLock.release",
        ],
    ),
    needs=[has_threads],
)

Lock, RLock = threading.Lock, threading.RLock


def test_one_thread_is_inside_at_a_time(evidence):
    """Threads that yield to others inside the section, many times over, are never two of them inside."""
    lock, visits = Lock(), Visits()

    def come_and_go():
        for _ in range(10):
            visit(visits, lock, partial(time.sleep, 0))

    with together(*[come_and_go] * 4):
        pass
    visits.show(evidence, "four threads, each ten times in one section")

    assert visits.peak() == 1
    assert alone_in_turn(visits.sections())


@pytest.mark.parametrize("kind", ["Lock", "RLock"])
def test_any_script_goes_as_the_model_says(kind):
    """Whatever several threads do with a lock, it admits, refuses and keeps waiting whom its documentation says."""
    deeds = sorted(set(DEEDS) - ({"look"} if kind == "RLock" else set()))
    with lockstep() as crew:

        @for_any(lists(tuples(integers(0, THREADS - 1), sampled_from(deeds)), max_size=12), examples=20)
        def goes_as_the_model_says(script):
            play(script, globals()[kind](), Model(reentrant=kind == "RLock"), crew)


def test_a_release_by_another_lets_a_second_in(evidence):
    """When a thread that does not hold a Lock releases it, another enters while the first is still inside."""
    lock, visits, gate = Lock(), Visits(), threading.Event()
    go_through = partial(visit, visits, lock, partial(passes, gate, "the opening of the gate"))
    with together(go_through, go_through, at_end=gate.set) as threads:
        visits.until("enters", 1)

        assert raised_by(lock.release) is None

        visits.until("enters", 2)
        gate.set()
        errors = [type(thread.exception()) for thread in threads]
    visits.show(evidence, "two threads in one section, after a release by a third")

    assert visits.peak() == 2
    assert sorted(errors, key=str) == [type(None), RuntimeError]  # one release is left for the two of them


def test_an_rlock_knows_its_holder():
    """An RLock refuses the release by a thread that does not hold it, and goes on keeping the others out."""
    lock = RLock()

    def try_it():
        return lock.acquire(blocking=False)

    lock.acquire()

    with together(lock.release) as (releasing,):
        assert isinstance(releasing.exception(), RuntimeError)

    with together(try_it) as (trying,):
        assert trying.value() is False


def test_library_refuses_access_outside_the_block():
    """Access to a guarded value is refused after its block, and in a thread that did not open it."""
    guarded = locks.Guarded(1)

    def double_it():
        access.value *= 2

    with guarded.open() as access:
        double_it()
        with together(double_it) as (other,):
            assert isinstance(other.exception(), RuntimeError)

    assert isinstance(raised_by(double_it), RuntimeError)
    assert guarded.update(lambda value: value) == 2


@saboteur(caught_by=test_one_thread_is_inside_at_a_time)
def lock_for_all(patch):
    """Nobody waits for the lock."""
    patch.here(Lock=nullcontext)


@saboteur(caught_by=test_any_script_goes_as_the_model_says)
def lock_that_never_refuses_a_release(patch):
    """Letting go of a lock that is free says nothing."""
    patch.here(Lock=locking_broken.NeverRefusing)


@saboteur(caught_by=test_any_script_goes_as_the_model_says)
def lock_that_has_room_for_two(patch):
    """Two threads hold the lock at once."""
    patch.here(Lock=locking_broken.LockForTwo)


@saboteur(caught_by=test_a_release_by_another_lets_a_second_in)
def lock_with_an_owner(patch):
    """The lock refuses a release by a thread that does not hold it."""
    patch.here(Lock=RLock)


@saboteur(caught_by=test_an_rlock_knows_its_holder)
def rlock_that_anybody_releases(patch):
    """A reentrant lock is released by whoever asks."""
    patch.here(RLock=Lock)


@saboteur(caught_by=test_library_refuses_access_outside_the_block)
def access_without_an_end(patch):
    """Access is good for everybody, for ever."""
    patch.setattr(locks.Access, "_check", lambda _: None)
