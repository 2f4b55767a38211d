"""A lock that its holder never lets go keeps those that wait for it waiting for ever."""

import threading
from functools import partial
from itertools import pairwise

from concurrency_lib import locks
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.deadlines import deadline, happens_in_a_while
from spec.support.outcomes import raised_by
from spec.threads.locking import enter, let_go
from spec.threads.locking_noted import SlowLock
from spec.threads.targets import locking, locking_broken, locking_library_broken
from spec.threads.together import together

claim = Claim(
    zh="持有者若始终不放开锁，等这把锁的线程就会一直等下去。",
    decides={"lock.must-release": 254},
    ruling=HoldsIf(
        condition="they wait without a timeout, and no other thread releases the lock",
        because="acquire takes a timeout, any thread may release a Lock, and in the main thread a wait ends when a "
        "signal handler raises, as the one for Ctrl-C does",
        correction=Text(
            en="Wait with acquire(timeout=...), and treat False as the error that it is; the library raises "
            "TimeoutError, and gives back what it had taken.",
            zh="等锁时请写 acquire(timeout=...)，拿到 False 就按出错处理；本项目的库会抛出 TimeoutError，"
            "并归还已经拿到的锁。",
        ),
        references=["https://docs.python.org/3/library/threading.html#threading.Lock.acquire"],
    ),
    needs=[has_threads],
)

Lock = threading.Lock


def left_taken():
    """Return a lock that a thread took, and that it left taken when it ended."""
    lock = Lock()
    with together(lock.acquire) as (holder,):
        assert holder.value() is True
    return lock


def test_the_holders_end_does_not_let_go():
    """A thread that waits for a lock does not get it by the end of the thread that holds it."""
    lock = left_taken()
    with together(lock.acquire, at_end=partial(let_go, lock)) as (waiting,):
        assert not happens_in_a_while(lambda: not waiting.is_alive())


def test_another_thread_ends_the_wait():
    """A thread that waits for a lock goes on when any other thread, holder or not, releases the lock."""
    lock = left_taken()
    with together(lock.acquire, at_end=partial(let_go, lock)) as (waiting,):
        assert waiting.is_alive()

        lock.release()

        assert waiting.value() is True


def test_a_timeout_ends_the_wait():
    """A thread that waits with a timeout is told False when its time is up, and the lock stays with its holder."""
    lock = left_taken()
    with together(partial(lock.acquire, timeout=0.001), at_end=partial(let_go, lock)) as (waiting,):
        assert waiting.value() is False
        assert lock.locked()


def test_a_wait_with_a_timeout_is_a_wait():
    """A thread that waits with a timeout gets the lock when it is let go in time, and not before."""
    lock = left_taken()
    with together(partial(lock.acquire, timeout=deadline()), at_end=partial(let_go, lock)) as (waiting,):
        assert not happens_in_a_while(lambda: not waiting.is_alive())

        lock.release()

        assert waiting.value() is True


@needs(can_fork)
def test_an_interrupt_ends_the_wait(clean_room):
    """A signal whose handler raises ends the main thread's wait for a lock, which stays with its holder."""
    assert clean_room.run(locking.interrupted_while_it_waits) == ("KeyboardInterrupt", True)


def test_library_gives_back_what_it_took():
    """When not all locks are to be had in time the library raises TimeoutError, and lets go of those that it has."""
    free, missing = Lock(), left_taken()
    refusal = raised_by(enter, locks.acquire_in_order(missing, free, timeout=0.001, key=[free, missing].index))

    assert isinstance(refusal, TimeoutError)
    assert not free.locked()
    assert missing.locked()


def test_library_counts_all_waits_together(evidence):
    """A timeout that is given for several locks is for all of them: what one wait has used the next has not."""
    slow = [SlowLock() for _ in range(3)]
    with locks.acquire_in_order(*slow, timeout=5, key=slow.index):
        allowed = [lock.allowed for lock in slow]
    evidence.figures(
        "three locks within five seconds",
        {f"left for lock {number}": (seconds, "s") for number, seconds in enumerate(allowed, 1)},
    )

    assert allowed[0] <= 5
    assert all(later <= earlier - SlowLock.TAKES for earlier, later in pairwise(allowed))


@saboteur(caught_by=test_the_holders_end_does_not_let_go)
def lock_that_is_freed_by_the_end(patch):
    """The end of a thread lets go of what it held."""
    patch.here(left_taken=Lock)


@saboteur(caught_by=test_another_thread_ends_the_wait, hangs=True)
def lock_that_ignores_a_release(patch):
    """Releasing a lock that another thread took says nothing, and does nothing."""
    patch.here(Lock=locking_broken.NeverReleased)


@saboteur(caught_by=test_a_timeout_ends_the_wait)
def lock_that_a_timeout_breaks_open(patch):
    """Whoever has waited long enough gets the lock."""
    patch.here(Lock=locking_broken.LockForTwo)


@saboteur(caught_by=test_a_wait_with_a_timeout_is_a_wait)
def lock_that_gives_up_at_once(patch):
    """Whoever waits with a timeout is told at once that it is over."""
    patch.here(Lock=locking_broken.LockInNoTime)


@saboteur(caught_by=test_an_interrupt_ends_the_wait)
def wait_that_hides_its_interrupt(patch):
    """A wait that a signal interrupts is over as if its time were up."""
    patch.in_child(locking.wait_in_silence)


@saboteur(caught_by=test_library_gives_back_what_it_took)
def library_that_keeps_what_it_took(patch):
    """The library raises in time, and keeps the locks that it has."""
    patch.setattr(locks, "taken", locking_library_broken.taken_for_good)


@saboteur(caught_by=test_library_counts_all_waits_together)
def library_that_begins_anew(patch):
    """Each lock may be waited for as long as was meant for all."""
    patch.setattr(locks.Deadline, "remaining", lambda deadline: deadline.seconds)
