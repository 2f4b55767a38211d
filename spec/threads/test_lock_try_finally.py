"""A lock that is let go in the finally clause of a try statement is free after it, however the statement is left."""

import threading

import pytest

from concurrency_lib import locks
from spec.processes.talking import pipe_between, running
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, has_semaphores
from spec.support.deadlines import arrives, ends
from spec.support.outcomes import raised_by
from spec.threads.locking_ways import RAISED, WAYS, by_finally, by_hand, by_library, by_with, left_by
from spec.threads.targets import locking, locking_library_broken

claim = Claim(
    zh="把释放锁写在 try 语句的 finally 里，不论怎样离开这条语句，锁都会被放开。",
    decides={"lock.try-finally": 254},
    ruling=HoldsIf(
        condition="the try statement has been entered, and the process lives to leave it",
        because="an exception that a signal handler raises after acquire and before try leaves the lock taken, and a "
        "process that is killed runs no finally clause, though a lock that it shares with others lives on",
        correction=Text(
            en="Write `with lock:`, which leaves no line between the two; a guarded value of the library is let go "
            "likewise, however its block is left.",
            zh="请写成 with lock:，取锁与进入语句块之间便不再隔着一行；本项目库里受锁保护的值同样如此，"
            "不论怎样离开语句块，锁都会放开。",
        ),
        references=[
            "https://docs.python.org/3/reference/compound_stmts.html#finally",
            "https://docs.python.org/3/library/threading.html#using-locks-conditions-and-semaphores-in-the-with-statement",
            "https://docs.python.org/3/library/signal.html#note-on-signal-handlers-and-exceptions",
        ],
    ),
)


def word(taken):
    """Say whether a lock is free."""
    return "still taken" if taken else "free"


def let_end(process, _):
    """Kill a process."""
    process.kill()


def free_after_the_end_of_its_holder(mp_context):
    """End a process that holds a lock; tell whether the lock can be had then."""
    lock = mp_context.Lock()  # known here alone, or else the frames of a requirement that fails keep it
    with (
        pipe_between(mp_context, duplex=True) as (here, there),
        running(mp_context, locking.hold_until_told, lock, there) as holder,
    ):
        arrives(here, "word of the holder")
        let_end(holder, here)
        ends(holder)
    return lock.acquire(timeout=0)


@pytest.mark.parametrize("way", WAYS)
def test_the_lock_is_free_however_the_statement_is_left(way, evidence):
    """A lock is free after a try statement whose finally clause releases it, and after a with statement."""
    one, other = threading.Lock(), threading.Lock()
    ways = {"try and finally": (by_finally, one), "with": (by_with, other)}
    ends_in = [type(left_by(hold, lock, way)) for hold, lock in ways.values()]
    evidence.figures(f"after it was left by {way}", {name: word(lock.locked()) for name, (_, lock) in ways.items()})

    assert ends_in == [RAISED.get(way, type(None))] * 2
    assert not one.locked()
    assert not other.locked()


def test_without_finally_an_exception_leaves_it_taken(evidence):
    """A lock that is released in the line after the work stays taken where the work raises, whatever it raises."""
    left = {way: threading.Lock() for way in [*RAISED, "the end"]}
    for way, lock in left.items():
        left_by(by_hand, lock, way)
    taken = {way: lock.locked() for way, lock in left.items()}
    evidence.figures("released in the line after the work", {f"left by {way}": word(taken[way]) for way in taken})

    assert [way for way in taken if taken[way]] == list(RAISED)


@needs(can_fork)
def test_an_interrupt_before_try_leaves_it_taken(clean_room):
    """A lock stays taken where a signal handler raises after acquire, but before the try statement begins."""
    assert clean_room.run(locking.interrupted_before_try) is True


@needs(has_semaphores)
def test_a_killed_process_leaves_it_taken(mp_context):
    """A lock that processes share stays taken when its holder is killed, whose finally clause is not run."""
    assert not free_after_the_end_of_its_holder(mp_context)


@pytest.mark.parametrize("way", WAYS)
def test_library_lets_go_however_its_block_is_left(way):
    """The library lets go of a lock at the end of its block, however that is left."""
    lock = threading.Lock()

    assert isinstance(left_by(by_library, lock, way), RAISED.get(way, type(None)))
    assert not lock.locked()


def test_library_leaves_a_value_that_cannot_be_updated():
    """A guarded value stays as it is, and is free, when the function that would update it raises."""
    guarded = locks.Guarded(1)

    assert isinstance(raised_by(guarded.update, lambda value: value // 0), ZeroDivisionError)

    with guarded.open(timeout=0) as access:
        assert access.value == 1


@saboteur(caught_by=test_the_lock_is_free_however_the_statement_is_left)
def release_in_the_line_after(patch):
    """The lock is released in the line after the work."""
    patch.here(by_finally=by_hand)


@saboteur(caught_by=test_without_finally_an_exception_leaves_it_taken)
def release_in_a_finally_clause(patch):
    """The lock is released on every way out."""
    patch.here(by_hand=by_finally)


@saboteur(caught_by=test_an_interrupt_before_try_leaves_it_taken)
def no_signal_in_between(patch):
    """No signal comes before the try statement begins."""
    patch.in_child(locking.take_undisturbed)


@saboteur(caught_by=test_a_killed_process_leaves_it_taken)
def process_that_is_let_go_on(patch):
    """The process ends as it would have, finally clause and all."""
    patch.here(let_end=lambda _, here: here.send("go on"))


@saboteur(caught_by=test_library_lets_go_however_its_block_is_left)
def library_that_keeps_what_it_took(patch):
    """The library lets go where the block comes to its end, and only there."""
    patch.setattr(locks, "taken", locking_library_broken.taken_for_good)


@saboteur(caught_by=test_library_leaves_a_value_that_cannot_be_updated)
def library_that_updates_first(patch):
    """An update empties the place before it asks for the new value."""

    def update(guarded, function):
        with guarded.open() as access:
            value, access.value = access.value, None
            access.value = function(value)
            return access.value

    patch.setattr(locks.Guarded, "update", update)
