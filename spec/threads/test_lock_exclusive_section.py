"""A section of code that a lock guards is gone through from its beginning to its end by one thread at a time."""

import threading
from contextlib import nullcontext
from functools import partial
from types import SimpleNamespace

from concurrency_lib import locks
from concurrency_lib.interleavings import Lock as ModelledLock
from concurrency_lib.interleavings import explore
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.threads.locking import FEW, Visits, alone_in_turn, passes, show_exploration, show_schedule, visit
from spec.threads.targets import locking_broken, locking_library_broken
from spec.threads.together import together

claim = Claim(
    zh="受锁保护的一段代码，每次只由一个线程从头走到尾，中途不会有别的线程闯进来。",
    decides={"lock.exclusive-section": 256},
    ruling=HoldsIf(
        condition="every thread that takes part takes the same lock",
        because="a lock holds up nobody who does not ask for it: the holder may be interrupted at any point, other "
        "threads run other code meanwhile, and whoever uses the data without the lock finds it half changed",
        correction=Text(
            en="Keep the data where nobody gets at it without the lock, as a guarded value does: then no schedule "
            "loses an update.",
            zh="把数据放在不取锁就够不着的地方，例如做成受锁保护的值，那么任何一种调度都不会丢失更新。",
        ),
        references=["https://docs.python.org/3/library/threading.html#lock-objects"],
    ),
    needs=[has_threads],
)

Lock, Guarded = threading.Lock, locks.Guarded


def guarded_by(lock_of):
    """Make a worker that notes its entering and leaving, under a lock of the state."""

    def go_through(name):
        def pass_through(state):
            with lock_of(state):
                state.log.append((name, "enters"))
                state.log.append((name, "leaves"))

        return pass_through

    return go_through


def explored(*workers):
    """Explore whether each worker goes through its section alone."""
    return explore(
        lambda: SimpleNamespace(lock=ModelledLock(), other=ModelledLock(), log=[]),
        workers,
        lambda state: alone_in_turn(state.log),
        budget=FEW,
        shared=["log"],
        observe=lambda state: tuple(state.log),
    )


def test_each_goes_through_alone(evidence):
    """In every schedule three threads with one lock go through the section each alone, from beginning to end."""
    go_through = guarded_by(lambda state: state.lock)
    found = explored(*map(go_through, "abc"))
    show_exploration(evidence, "three threads, one lock", found)

    assert (found.failures, found.exhausted) == (0, True)
    assert len(found.outcomes) == 6


def test_another_lock_keeps_nobody_out(evidence):
    """Where two threads guard the same section by different locks there are schedules that mix them."""
    one, other = guarded_by(lambda state: state.lock), guarded_by(lambda state: state.other)
    found = explored(one("a"), other("b"))
    show_exploration(evidence, "two threads, a lock each", found)

    assert found.failures > 0

    show_schedule(evidence, "both are inside", found.failure)


def test_others_run_other_code_meanwhile(evidence):
    """While a thread is inside its section, who asks for the lock is refused it, and who does not comes and goes."""
    lock, visits, gate = Lock(), Visits(), threading.Event()
    inside = partial(visit, visits, lock, partial(passes, gate, "the opening of the gate"))
    with together(inside, at_end=gate.set):
        visits.until("enters", 1)
        assert not lock.acquire(blocking=False)

        with together(partial(visit, visits, unasked_for(lock))) as (other,):
            other.end()

            assert len(visits.of("leaves")) == 1

    visits.show(evidence, "one thread inside its section, and one that takes no lock")

    assert visits.peak() == 2


def unasked_for(_):
    """Take no lock."""
    return nullcontext()


def test_library_loses_no_update(evidence):
    """In no schedule is an update of a guarded value lost, whose function reads the value and works on it."""

    def add(amount):
        def update(state):
            state.total.update(lambda value: value + amount)

        return update

    found = explore(
        lambda: SimpleNamespace(total=Guarded(0)),
        [add(1), add(10), add(100)],
        lambda state: state.total._value == 111,  # noqa: SLF001 - when all have ended
        budget=FEW,
        shared=["_value"],
        swap=True,
    )
    show_exploration(evidence, "three updates of a guarded value", found)

    assert (found.schedules, found.failures, found.exhausted) == (6, 0, True)


def test_what_escapes_is_not_guarded():
    """A reference to a guarded list that is kept beyond its block changes the list, while another has that open."""
    guarded = Guarded([])
    with guarded.open() as access:
        escaped = access.value

    with guarded.open() as access, together(partial(escaped.append, "unasked")) as (appending,):
        appending.end()

        assert access.value == ["unasked"]


@saboteur(caught_by=test_each_goes_through_alone)
def modelled_lock_that_is_always_free(patch):
    """Whoever asks for the lock has it."""
    patch.here(ModelledLock=locking_broken.FreeForAll)


@saboteur(caught_by=test_another_lock_keeps_nobody_out)
def one_lock_behind_all(patch):
    """All locks are one and the same."""
    by_the_one = guarded_by(lambda state: state.lock)
    patch.here(guarded_by=lambda _: by_the_one)


@saboteur(caught_by=test_others_run_other_code_meanwhile, hangs=True)
def lock_that_everybody_takes(patch):
    """Whoever runs any code waits for the lock first."""
    patch.here(unasked_for=lambda lock: lock)


@saboteur(caught_by=test_library_loses_no_update)
def library_that_takes_no_lock(patch):
    """The library opens a value without its lock."""
    patch.setattr(locks, "taken", locking_library_broken.without_locks)


@saboteur(caught_by=test_what_escapes_is_not_guarded)
def library_that_hands_out_copies(patch):
    """Access is to a copy of the value."""
    patch.setattr(locks, "Access", locking_library_broken.AccessToACopy)
