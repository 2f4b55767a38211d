"""The thread that has the lock goes on, and each that waits goes on in its turn when the lock is let go."""

import threading
from contextlib import nullcontext
from functools import partial
from itertools import permutations
from queue import SimpleQueue
from types import SimpleNamespace

from concurrency_lib import locks
from concurrency_lib.interleavings import Lock as ModelledLock
from concurrency_lib.interleavings import explore
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline, happens_in_a_while
from spec.threads.locking import (
    FEW,
    Visits,
    alone_in_turn,
    passes,
    show_exploration,
    visit,
)
from spec.threads.targets import locking_broken, locking_library_broken
from spec.threads.together import together

claim = Claim(
    zh="拿到锁的线程接着往下执行；等待的线程要到锁被放开之后，才一个接一个地继续。",
    decides={"lock.continues-after": 250},
    ruling=Holds(),
    needs=[has_threads],
)

THREADS = 4
Lock = threading.Lock


def wait_for(lock):
    """Wait for a lock, and let it go."""
    lock.acquire()
    lock.release()


def test_the_holder_goes_on():
    """The thread that holds the lock takes one step after another, while another thread waits for the lock."""
    lock, steps, done = Lock(), SimpleQueue(), SimpleQueue()

    def work():
        with lock:
            while (step := steps.get(timeout=deadline())) is not None:
                done.put(step)

    with together(work, at_end=lambda: steps.put(None)):
        steps.put("holds it")
        assert done.get(timeout=deadline()) == "holds it"

        with together(partial(wait_for, lock), at_end=lambda: steps.put(None)) as (waiting,):
            for step in range(3):
                steps.put(step)

                assert done.get(timeout=deadline()) == step
                assert waiting.is_alive()

            assert not happens_in_a_while(lambda: not waiting.is_alive())


def test_each_gets_its_turn(evidence):
    """Each of the waiting threads gets the lock once, and only when the one before has let it go."""
    lock, visits, gate = Lock(), Visits(), threading.Event()
    go_through = partial(visit, visits, lock, partial(passes, gate, "the opening of the gate"))
    with together(*[go_through] * THREADS, at_end=gate.set) as threads:
        visits.until("asks", THREADS)
        gate.set()
        visits.until("leaves", THREADS)
    visits.show(evidence, "four threads go through a section, one after another")

    assert alone_in_turn(visits.sections())
    assert sorted(visits.of("enters")) == sorted(thread.name for thread in threads)


def test_the_order_is_open(evidence):
    """A lock keeps no queue: three threads may get it in any of their six orders, and in no other way."""

    def passing(name):
        def go_through(state):
            with state.lock:
                state.order.append(name)

        return go_through

    found = explore(
        lambda: SimpleNamespace(lock=ModelledLock(), order=[]),
        [passing(name) for name in "abc"],
        lambda state: len(state.order) == 3,
        budget=FEW,
        shared=["order"],
        observe=lambda state: "".join(state.order),
    )
    show_exploration(evidence, "three threads go through one lock", found)

    assert (found.failures, found.exhausted) == (0, True)
    assert dict(found.outcomes) == {"".join(order): 1 for order in permutations("abc")}


def test_library_waits_for_the_end_of_the_block():
    """A thread that opens a guarded value waits while another has it open, and then finds what that one left."""
    guarded = locks.Guarded("at first")

    opened, gate = threading.Event(), threading.Event()

    def write():
        with guarded.open() as access:
            opened.set()
            passes(gate, "the opening of the gate")
            access.value = "at last"

    def read():
        passes(opened, "the writer's block")
        with guarded.open() as access:
            return access.value

    with together(write, read, at_end=gate.set) as (_, reader):
        passes(opened, "the writer's block")
        assert not happens_in_a_while(lambda: not reader.is_alive())

        gate.set()

        assert reader.value() == "at last"


@saboteur(caught_by=test_the_holder_goes_on)
def lock_that_lets_in(patch):
    """Whoever waits for the lock has it at once."""
    patch.here(Lock=locking_broken.LockForTwo)


@saboteur(caught_by=test_each_gets_its_turn)
def lock_for_all(patch):
    """Nobody waits for the lock."""
    patch.here(Lock=nullcontext)


@saboteur(caught_by=test_the_order_is_open)
def lock_with_a_favourite(patch):
    """The thread that was made first gets the lock first."""
    patch.here(ModelledLock=locking_broken.LockWithAFavourite)


@saboteur(caught_by=test_library_waits_for_the_end_of_the_block)
def library_that_takes_no_lock(patch):
    """The library opens a value without its lock."""
    patch.setattr(locks, "taken", locking_library_broken.without_locks)
