"""Threads of Python are threads of the operating system, but one that has the interpreter lock stops the others."""

from spec.support import Claim, HoldsIf, Text, documents_word, saboteur
from spec.support.capabilities import can_fork, gil_is_on, has_threads
from spec.support.deadlines import deadline
from spec.threads.targets import gil_calls

claim = Claim(
    zh="Python 的线程是操作系统的线程，但谁拿着解释器锁，别的线程就得停下来等。",
    decides={"gil.real-threads-but-lock": 285},
    ruling=HoldsIf(
        condition=gil_is_on,
        because="while one thread made a call that keeps the lock, nothing that another thread was busy changing "
        "changed, on every build with a lock; on a free-threaded build the call saw thousands of changes",
        correction=Text(
            en="A free-threaded build has no such lock: its threads go on at the same instants, and a thread may see "
            "an object change under it in the middle of a call.",
            zh="自由线程构建里没有这把锁：各个线程同时往前走，一个线程在一次调用的中途，就可能看到对象被别的线程改动。",
        ),
        references=[
            "https://docs.python.org/3/glossary.html#term-global-interpreter-lock",
            "https://peps.python.org/pep-0703/",
        ],
    ),
    needs=[can_fork, has_threads],
)

CALLS = 3 if gil_is_on.holds else 5000  # without a lock, so many until both threads happen to be on a core


@documents_word()
def test_nothing_moves_while_a_thread_keeps_the_lock(clean_room, evidence):
    """While a thread makes one long call that keeps the interpreter lock, another thread that counts stands still."""
    counts = clean_room.run(gil_calls.counts_during_one_call, CALLS)
    evidence.figures("what the call saw of the other thread", {"different counts": counts})

    assert counts == 1


def test_counting_goes_on_between_instructions(clean_room, evidence):
    """Between the instructions of a loop the same thread gets on, with or without a lock."""
    counts = clean_room.run(gil_calls.counts_during_a_loop, deadline())
    evidence.figures("what the loop saw of the other thread", {"different counts": counts})

    assert counts > 1


def test_kernel_knows_each_thread(clean_room, evidence):
    """Two threads that live at the same time and the main one have three numbers in the kernel."""
    ids = clean_room.run(gil_calls.native_ids)
    evidence.figures("native ids", dict(zip(("main", "one", "other"), ids, strict=True)))

    assert len(set(ids)) == 3


@saboteur(caught_by=test_nothing_moves_while_a_thread_keeps_the_lock)
def lock_that_is_given_away_in_the_call(patch):
    """The call gives its turn to the other thread on the way."""
    patch.in_child(gil_calls.calls_that_let_others_in)


@saboteur(caught_by=test_nothing_moves_while_a_thread_keeps_the_lock, restores=True)
def call_that_holds_everybody_up(patch):
    """The call stops all other threads while it lasts."""
    patch.in_child(gil_calls.calls_that_hold_everybody_up)


@saboteur(caught_by=test_counting_goes_on_between_instructions)
def thread_that_is_never_let_in(patch):
    """The loop ends before the other thread has had a turn."""
    patch.in_child(gil_calls.heart_that_stands_still)


@saboteur(caught_by=test_kernel_knows_each_thread)
def threads_within_one(patch):
    """The interpreter plays all threads in a single one of the kernel's."""
    patch.in_child(gil_calls.one_thread_for_all)
