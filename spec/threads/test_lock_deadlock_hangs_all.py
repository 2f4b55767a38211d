"""Threads in a deadlock stand still: they neither run nor end, while threads that do not need their locks go on."""

import threading
from functools import partial

from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import has_proc, has_threads
from spec.support.deadlines import happens_in_a_while
from spec.threads.locking import Visits, visit
from spec.threads.locking_deadlock import NAMES, Crossing, deadlocked, falls_asleep, times_run
from spec.threads.targets import locking_broken
from spec.threads.together import together

claim = Claim(
    zh="陷入死锁的线程停在原地，既不运行，也不结束；用不着那些锁的线程则照常前进。",
    decides={"lock.deadlock-hangs-all": 256},
    ruling=HoldsIf(
        condition="they are in the circle, or wait for a lock that is held there, and none of them has a timeout",
        because="a deadlock holds up whoever needs one of its locks, and nobody else; where one of the threads waits "
        "with a timeout, and lets go when it is over, the others go on",
        correction=Text(
            en="The other threads of the program go on: look at where each thread stands, with faulthandler for "
            "instance, to see which of them wait for each other.",
            zh="程序里的其他线程照常运行；可用 faulthandler 之类查看各线程停在何处，就能看出是哪几个在互相等待。",
        ),
        references=[
            "https://docs.python.org/3/library/threading.html#threading.Lock.acquire",
            "https://docs.python.org/3/library/faulthandler.html#faulthandler.dump_traceback",
        ],
    ),
    needs=[has_threads],
)

Lock = threading.Lock


def standing_by(_):
    """Choose the lock of a thread that has no part in a deadlock."""
    return Lock()


def test_threads_in_the_circle_do_not_end():
    """Two threads of which each waits for the other's lock are both still there, however long one waits for them."""
    with deadlocked(Lock) as (_, threads):
        assert not happens_in_a_while(lambda: not all(thread.is_alive() for thread in threads))


@needs(has_proc)
def test_threads_in_the_circle_do_not_run(evidence):
    """While two threads wait for each other the kernel gives neither of them a core, not even once."""
    with deadlocked(Lock) as (_, threads):
        before = [falls_asleep(thread) for thread in threads]
        ran = happens_in_a_while(lambda: list(map(times_run, threads)) != before)
        after = list(map(times_run, threads))
    evidence.figures("how often each had left its core", dict(zip(NAMES, before, strict=True)))
    evidence.figures("and some while later", dict(zip(NAMES, after, strict=True)))

    assert not ran


def test_who_needs_their_locks_waits_as_well():
    """A thread that asks for a lock that is held in a deadlock, without being part of the circle, waits with it."""
    with deadlocked(Lock) as (locks, _):
        go_through = partial(visit, Visits(), locks.left)
        with together(go_through, at_end=locks.let_go) as (third,):
            assert not happens_in_a_while(lambda: not third.is_alive())


def test_other_threads_go_on(evidence):
    """While two threads are in a deadlock, another goes through a section of its own, again and again."""
    visits = Visits()
    with deadlocked(Lock) as (locks, threads), together(*[partial(visit, visits, standing_by(locks))] * 3) as others:
        errors = [other.exception() for other in others]

        assert all(thread.is_alive() for thread in threads)

    visits.show(evidence, "three threads with a lock of their own, beside a deadlock")

    assert errors == [None] * 3
    assert len(visits.of("leaves")) == 3


def test_a_timeout_of_one_sets_the_others_free():
    """When one of the threads in the circle gives up in time and lets go, the other gets what it waits for."""
    locks = Crossing(Lock)

    def give_up_in_time():
        got = locks.cross(locks.left, locks.right, timeout=0.005)
        locks.left.release()
        return got

    patient = partial(locks.cross, locks.right, locks.left)
    with together(give_up_in_time, patient, at_end=locks.let_go) as (hasty, other):
        assert hasty.value() is False
        assert other.value() is True


@saboteur(caught_by=test_threads_in_the_circle_do_not_end)
def lock_that_has_room_for_two(patch):
    """Two threads hold a lock at once."""
    patch.here(Lock=locking_broken.LockForTwo)


@saboteur(caught_by=test_threads_in_the_circle_do_not_run)
def lock_that_is_polled(patch):
    """Whoever waits for a lock asks for it again and again."""
    patch.here(Lock=locking_broken.PolledLock)


@saboteur(caught_by=test_who_needs_their_locks_waits_as_well)
def lock_for_all(patch):
    """Nobody waits for a lock."""
    patch.here(Lock=locking_broken.LockForMany)


@saboteur(caught_by=test_other_threads_go_on)
def deadlock_that_holds_up_all(patch):
    """Every thread needs a lock that is held in the deadlock."""
    patch.here(standing_by=lambda locks: locking_broken.HeldInTime(locks.left))


@saboteur(caught_by=test_a_timeout_of_one_sets_the_others_free, hangs=True)
def lock_that_ignores_its_timeout(patch):
    """Whoever waits with a timeout waits on when it is over."""
    patch.here(Lock=locking_broken.LockWithoutTimeouts)
