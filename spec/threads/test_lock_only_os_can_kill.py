"""A deadlock can be ended from within the program, and be outlived by it: nobody has to kill the process."""

import threading
from functools import partial

from concurrency_lib import locks
from spec.support import Claim, Refuted, Text, documents_word, needs, saboteur
from spec.support.capabilities import can_start_programs, has_threads
from spec.support.deadlines import deadline, wait_until
from spec.support.outcomes import raised_by
from spec.support.programs import run, sample
from spec.threads.locking import enter, let_go
from spec.threads.locking_deadlock import deadlocked
from spec.threads.targets import locking_broken, locking_library_broken
from spec.threads.together import together

claim = Claim(
    zh="死锁在程序内部就能解开，程序也可以不理会它而正常结束，用不着由操作系统来杀掉进程。",
    decides={"lock.only-os-can-kill": 256},
    ruling=Refuted(
        because="any thread may release a Lock, a wait may have a timeout, a process does not wait for its daemon "
        "threads, and Ctrl-C ends the wait for those that are none",
        correction=Text(
            en="Take several locks in one order, as acquire_in_order does, or with a timeout; let threads that may "
            "hang be daemons. A deadlock then does not arise, ends, or does not matter.",
            zh="多把锁要按同一次序来取（acquire_in_order 便是如此），或者带上超时；可能卡住的线程设为守护线程。这样，"
            "死锁要么不会发生，要么会自行解开，要么无碍大局。",
        ),
        references=[
            "https://docs.python.org/3/library/threading.html#threading.Lock.acquire",
            "https://docs.python.org/3/library/threading.html#threading.Thread.daemon",
            "https://docs.python.org/3/library/signal.html#signals-and-threads",
        ],
    ),
    needs=[has_threads],
)

CROSSED = sample(__file__, "deadlock_crossed")
Lock = threading.Lock


@documents_word()
@needs(can_start_programs)
def test_the_process_has_to_be_killed():
    """A program two of whose threads are in a deadlock, both of them daemons, ends by a signal that kills it."""
    assert run(CROSSED, "daemons").status < 0


@needs(can_start_programs)
def test_a_program_does_not_wait_for_daemons(evidence):
    """A program two of whose threads are in a deadlock ends by itself, and well, if both of them are daemons."""
    ran = run(CROSSED, "daemons").show(evidence, "two daemons in a deadlock")

    assert ran.lines == ["each holds one"]
    assert ran.status == 0


@needs(can_start_programs)
def test_an_interrupt_ends_the_wait_for_others(evidence):
    """A program that waits at its end for two threads in a deadlock ends when it is interrupted, as by Ctrl-C."""
    ran = run(CROSSED, "interrupted").show(evidence, "two threads in a deadlock, and an interrupt")

    assert ran.lines == ["each holds one"]
    assert ran.status >= 0


def test_a_release_ends_a_deadlock():
    """A thread outside of a deadlock ends it by releasing a lock that is held in it: all threads go on."""
    with deadlocked(Lock) as (crossed, threads):
        assert all(thread.is_alive() for thread in threads)

        crossed.left.release()
        crossed.right.release()

        assert [thread.value() for thread in threads] == [True, True]


def test_library_gets_out_of_a_deadlock():
    """Where other code takes locks in another order the library gets out in time, with TimeoutError, and frees it."""
    left, right = Lock(), Lock()
    holds_right = threading.Event()

    def take_right_first():
        with right:
            holds_right.set()
            wait_until(left.locked, "the other's hold of the left lock")
            return left.acquire(timeout=deadline())

    with together(take_right_first, at_end=partial(let_go, left)) as (other,):
        wait_until(holds_right.is_set, "the other's hold of the right lock")
        block = locks.acquire_in_order(left, right, timeout=0.01, key=[left, right].index)

        assert isinstance(raised_by(enter, block), TimeoutError)
        assert other.value() is True


@saboteur(caught_by=test_the_process_has_to_be_killed, restores=True)
def program_that_is_killed(patch):
    """The program is killed in its deadlock."""
    killed = 'print("each holds one", flush=True)\nos.kill(os.getpid(), signal.SIGKILL)'
    patch.here(CROSSED=CROSSED.replacing('print("each holds one")', killed))


@saboteur(caught_by=test_a_program_does_not_wait_for_daemons)
def program_that_does_not_end_well(patch):
    """The program fails in its deadlock."""
    patch.here(CROSSED=CROSSED.replacing('print("each holds one")', 'print("each holds one")\nsys.exit("failed")'))


@saboteur(caught_by=test_an_interrupt_ends_the_wait_for_others)
def interrupt_that_kills(patch):
    """The interrupt kills the program."""
    patch.here(CROSSED=CROSSED.replacing("kind = sys", "signal.signal(signal.SIGINT, signal.SIG_DFL)\nkind = sys"))


@saboteur(caught_by=test_a_release_ends_a_deadlock, hangs=True)
def lock_that_ignores_a_release(patch):
    """Releasing a lock that another thread took says nothing, and does nothing."""
    patch.here(Lock=locking_broken.NeverReleased)


@saboteur(caught_by=test_library_gets_out_of_a_deadlock, hangs=True)
def library_that_keeps_what_it_took(patch):
    """The library raises in time, and keeps the locks that it has."""
    patch.setattr(locks, "taken", locking_library_broken.taken_for_good)
