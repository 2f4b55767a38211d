"""Of all the threads that ask for a free lock together one gets it, and the others wait for it."""

import threading
from contextlib import nullcontext
from functools import partial
from types import SimpleNamespace

from hypothesis.strategies import integers

from concurrency_lib import locks
from concurrency_lib.interleavings import Lock as ModelledLock
from concurrency_lib.interleavings import explore
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import happens_in_a_while
from spec.support.outcomes import raised_by
from spec.support.properties import for_any
from spec.threads.locking import FEW, Visits, enter, passes, show_exploration, visit
from spec.threads.targets import locking_broken, locking_library_broken
from spec.threads.together import together

claim = Claim(
    zh="多个线程一起来要一把空闲的锁，只有一个能拿到，其余的都得等它。",
    decides={"lock.one-succeeds": 250},
    ruling=Holds(),
    needs=[has_threads],
)

THREADS = 4
Lock = threading.Lock


def attempt(lock):
    """Ask for a lock without waiting for it."""
    return lock.acquire(blocking=False)


def test_one_attempt_succeeds():
    """However many threads try a free lock at the same time, exactly one of them is told that it has the lock."""

    @for_any(integers(2, 9), examples=5)
    def one_is_told_so(number):
        lock = Lock()
        with together(*[partial(attempt, lock)] * number) as threads:
            answers = [thread.value() for thread in threads]

        assert sorted(answers) == [False] * (number - 1) + [True]


def test_any_of_them_may_succeed(evidence):
    """In every schedule of three that try exactly one succeeds, and each of the three does in some schedule."""

    def trying(name):
        def try_it(state):
            if attempt(state.lock):
                state.winners.append(name)

        return try_it

    found = explore(
        lambda: SimpleNamespace(lock=ModelledLock(), winners=[]),
        [trying(name) for name in "abc"],
        lambda state: len(state.winners) == 1,
        budget=FEW,
        shared=["winners"],
        observe=lambda state: tuple(state.winners),
    )
    show_exploration(evidence, "three threads try one lock", found)

    assert (found.failures, found.exhausted) == (0, True)
    assert set(found.outcomes) == {("a",), ("b",), ("c",)}


def test_the_others_wait(evidence):
    """While the one that got the lock is inside, none of the others that asked for it enters."""
    lock, visits, gate = Lock(), Visits(), threading.Event()
    go_through = partial(visit, visits, lock, partial(passes, gate, "the opening of the gate"))
    with together(*[go_through] * THREADS, at_end=gate.set):
        visits.until("asks", THREADS)
        visits.until("enters", 1)

        assert not happens_in_a_while(lambda: len(visits.of("enters")) > 1)

    visits.show(evidence, "four threads ask for one lock; its holder is held inside")

    assert len(visits.of("leaves")) == THREADS


def test_library_opens_to_one():
    """While one thread has a guarded value open, every other that would open it is refused when its time is up."""
    guarded = locks.Guarded("a value")

    def open_it():
        with guarded.open(timeout=0) as access:
            return access.value

    with guarded.open(), together(*[open_it] * THREADS) as threads:
        refusals = [thread.exception() for thread in threads]

    assert [type(refusal) for refusal in refusals] == [TimeoutError] * THREADS
    assert open_it() == "a value"


def test_library_refuses_more_to_who_holds_some():
    """A thread that holds anything through the library is refused more, with RuntimeError, until it has let go."""
    one, other = locks.Guarded("one"), locks.Guarded("other")
    with one.open():
        refusals = [raised_by(other.update, str), raised_by(enter, one.open(timeout=0))]
        refusals.append(raised_by(enter, locks.acquire_in_order(Lock())))

        with together(partial(other.update, str)) as (another,):
            assert another.value() == "other"

    assert [type(refusal) for refusal in refusals] == [RuntimeError] * 3
    assert other.update(str.upper) == "OTHER"


@saboteur(caught_by=test_one_attempt_succeeds)
def lock_that_has_room_for_two(patch):
    """Two threads hold the lock at once."""
    patch.here(Lock=locking_broken.LockForTwo)


@saboteur(caught_by=test_any_of_them_may_succeed)
def modelled_lock_that_is_always_free(patch):
    """Whoever tries the lock has it."""
    patch.here(ModelledLock=locking_broken.FreeForAll)


@saboteur(caught_by=test_the_others_wait)
def lock_for_all(patch):
    """Nobody waits for the lock."""
    patch.here(Lock=nullcontext)


@saboteur(caught_by=test_library_opens_to_one)
def library_that_takes_no_lock(patch):
    """The library opens a value without its lock."""
    patch.setattr(locks, "taken", locking_library_broken.without_locks)


@saboteur(caught_by=test_library_refuses_more_to_who_holds_some)
def library_that_forgets(patch):
    """The library does not remember who holds anything."""
    patch.setattr(locks, "_mine", locking_library_broken.Forgetful())
