"""`threading` is built on `_thread`: it starts its threads, locks and tells threads apart by means of it."""

import _thread
import threading

from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.threads.targets import thread_seams

claim = Claim(
    zh="threading 建立在 _thread 之上：启动线程、加锁、区分线程，靠的都是它。",
    decides={"thread.wraps-thread": 202},
    ruling=Holds(),
    needs=[has_threads, can_fork],
)

make_lock = threading.Lock
own_identifier = threading.get_ident


def test_threads_are_started_by_a_function_of_thread(clean_room, evidence):
    """The function by which `threading` starts its threads is, under whatever name, one of `_thread`."""
    starters = clean_room.run(thread_seams.starters)
    evidence.figures("by what threading starts a thread", dict.fromkeys(starters, "a function of _thread"))

    assert starters
    assert all(starters.values())


def test_starting_a_thread_calls_that_function(clean_room):
    """Starting one thread calls that function once, and the thread runs."""
    called, ran = clean_room.run(thread_seams.starts_seen)

    assert len(called) == 1
    assert ran == ["the function"]


def test_locks_are_those_of_thread():
    """A lock that `threading` makes is a lock of `_thread`."""
    assert type(make_lock()) is _thread.LockType


def test_identifiers_are_those_of_thread():
    """Both modules tell the thread that asks by the same number."""
    assert own_identifier() == _thread.get_ident()


@saboteur(caught_by=test_threads_are_started_by_a_function_of_thread)
def starting_of_its_own(patch):
    """`threading` has a function of its own for starting threads."""
    patch.in_child(thread_seams.starters_of_their_own)


@saboteur(caught_by=test_starting_a_thread_calls_that_function)
def thread_that_starts_otherwise(patch):
    """A thread starts without the function that is there for it."""
    patch.in_child(thread_seams.threads_of_their_own)


@saboteur(caught_by=test_locks_are_those_of_thread)
def lock_of_another_make(patch):
    """The locks of `threading` are of a kind of its own."""
    patch.here(make_lock=threading.Condition)


@saboteur(caught_by=test_identifiers_are_those_of_thread)
def numbers_of_another_make(patch):
    """`threading` numbers threads in its own way."""
    patch.here(own_identifier=lambda: 1)
