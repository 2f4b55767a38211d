"""A thread that waits for a lock for ever is not dead: it lives, blocked, and works on as soon as it gets the lock."""

import threading
from functools import partial

from spec.support import Claim, Refuted, Text, documents_word, needs, saboteur
from spec.support.capabilities import can_start_programs, has_threads
from spec.support.deadlines import happens_in_a_while
from spec.support.programs import run, sample
from spec.threads.locking import let_go
from spec.threads.targets import locking_broken
from spec.threads.together import together

claim = Claim(
    zh="一直等锁的线程并没有死：它还活着，只是被阻塞，一拿到锁就会继续干活。",
    decides={"lock.dead-thread-term": 254},
    ruling=Refuted(
        because="a dead thread is one that has ended; one that waits is blocked, is_alive() says True of it, it holds "
        "what it holds, and unless it is a daemon the process does not end before it",
        correction=Text(
            en="Call such a thread blocked: it goes on when it gets the lock. Where several wait for each other in a "
            "circle, that is a deadlock, which is a state of their locks.",
            zh="这样的线程应称为“被阻塞”：拿到锁便继续运行。若几个线程彼此等待成了一圈，那叫死锁，说的是它们与锁"
            "之间的关系，而不是线程已死。",
        ),
        references=["https://docs.python.org/3/library/threading.html#threading.Thread.is_alive"],
    ),
    needs=[has_threads],
)

BLOCKED = sample(__file__, "deadlock_blocked")
Lock = threading.Lock


def wait_and_work(lock, worked):
    """Wait for a lock, and work when it is there."""
    with lock:
        worked.set()


@documents_word()
def test_waiting_for_ever_is_being_dead():
    """A thread that waits for a lock that nobody lets go counts as dead."""
    lock = Lock()
    lock.acquire()
    with together(lock.acquire, at_end=partial(let_go, lock)) as (waiting,):
        assert happens_in_a_while(lambda: not waiting.is_alive())


def test_a_waiting_thread_works_on_when_it_gets_the_lock():
    """A thread that has waited for a lock is alive all the while, and does its work once the lock is let go."""
    lock, worked = Lock(), threading.Event()
    lock.acquire()
    with together(partial(wait_and_work, lock, worked), at_end=partial(let_go, lock)) as (waiting,):
        assert not happens_in_a_while(lambda: not waiting.is_alive())
        assert not worked.is_set()

        lock.release()
        waiting.end()

        assert worked.is_set()


@needs(can_start_programs)
def test_a_waiting_thread_holds_the_process(evidence):
    """A program that has come to its end goes on for a thread that waits for a lock, until that has done its work."""
    ran = run(BLOCKED).show(evidence, "the lock is let go when the main thread has ended")

    assert ran.lines == ["the program has come to its end", "the thread works"]
    assert ran.status == 0


@saboteur(caught_by=test_waiting_for_ever_is_being_dead, restores=True)
def lock_that_ends_its_waiters(patch):
    """Whoever would have to wait for the lock has come to its end."""
    patch.here(Lock=locking_broken.LockForTwo)


@saboteur(caught_by=test_a_waiting_thread_works_on_when_it_gets_the_lock)
def thread_that_gives_up(patch):
    """A thread that does not get the lock at once does nothing any more."""
    patch.here(wait_and_work=lambda lock, _: lock.acquire(blocking=False))


@saboteur(caught_by=test_a_waiting_thread_holds_the_process)
def program_whose_thread_gives_up(patch):
    """The program's thread does not wait for the lock."""
    patch.here(BLOCKED=BLOCKED.replacing("with lock:", "if lock.acquire(blocking=False):"))
