"""A producer and a consumer in two threads need a lock and a way to wait, and deadlock if one waits and holds it."""

import threading

import pytest

from concurrency_lib.interleavings import explore
from spec.async_io import coroutine_threaded_pairs
from spec.async_io.coroutine_threaded_pairs import (
    ITEMS,
    Table,
    put_in_queue,
    put_on_condition,
    take_from_queue,
    take_on_condition,
)
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import a_while, deadline
from spec.threads.locking import show_exploration
from spec.threads.locking_circles import show_cycle
from spec.threads.together import together

claim = Claim(
    zh="生产者和消费者各占一个线程时，要有锁，也要有等待的办法；谁若拿着锁去等，就会死锁。",
    decides={"coro.traditional-pc-threads-locks": 590},
    ruling=HoldsIf(
        condition="whoever waits for the other side keeps the lock that the other side needs",
        because="who waits on a condition gives its lock back meanwhile, and queue.Queue does just that inside: with "
        "either of them no order of the steps deadlocks; how easily one goes wrong by oneself is a matter of opinion",
        correction=Text(
            en="Take a queue.Queue between threads: its lock and its waiting are inside.",
            zh="线程之间用 queue.Queue 即可：锁和等待都封装在里面。",
        ),
        references=[
            "https://docs.python.org/3/library/queue.html",
            "https://docs.python.org/3/library/threading.html#condition-objects",
        ],
    ),
    needs=[has_threads],
)


def put_holding_lock(shared):
    """Add one item, and tell that it is there."""
    with shared.lock:
        shared.items.append(0)
        shared.is_there.set()


def take_holding_lock(shared):
    """Wait for an item while holding the lock."""
    with shared.lock:
        shared.is_there.wait()
        shared.taken.append(shared.items.pop())


put = put_holding_lock

SOUND = {
    "condition": lambda: [put_on_condition, take_on_condition],
    "queue": lambda: [put_in_queue, take_from_queue],
}


def test_waiting_with_the_lock_deadlocks(evidence):
    """Where the consumer waits with the lock held, there is an order in which both sides wait for ever."""
    workers = [put_holding_lock, take_holding_lock]
    found = explore(Table, workers, lambda shared: shared.taken == [0], swap=True)
    show_exploration(evidence, "a consumer that waits with the lock held", found)

    assert found.deadlocks > 0
    assert {wait.worker for wait in found.deadlock.waits} == {
        "worker 0 (put_holding_lock)",
        "worker 1 (take_holding_lock)",
    }

    show_cycle(evidence, found.deadlock)


@pytest.mark.parametrize("way", SOUND)
def test_waiting_without_the_lock_never_deadlocks(way, evidence):
    """With a condition or a queue in between, every order hands over all items in order and none deadlocks."""
    found = explore(Table, SOUND[way](), lambda shared: shared.taken == [*range(ITEMS)], swap=True)
    show_exploration(evidence, f"a producer and a consumer with a {way}", found)

    assert (found.exhausted, found.failures) == (True, 0)
    assert found.schedules > 1


def test_real_threads_wait_for_each_other_in_vain(evidence):
    """Of two real threads the one that holds the lock hears of no item, as long as the other waits for the lock."""
    shared = Table()
    consumer_holds_it = threading.Event()

    def consume():
        with shared.lock:
            consumer_holds_it.set()
            return shared.is_there.wait(a_while())

    def produce():
        consumer_holds_it.wait(deadline())
        put(shared)

    with together(consume, produce) as (consumer, producer):
        heard = consumer.value()
        producer.value()
    evidence.figures("the consumer", {"heard of an item": heard, "items in the end": len(shared.items)})

    assert not heard
    assert shared.items == [0]


@saboteur(caught_by=test_waiting_with_the_lock_deadlocks)
def consumer_that_gives_the_lock_back(patch):
    """The consumer waits before it takes the lock."""
    patch.here(take_holding_lock=coroutine_threaded_pairs.take_after_waiting)


@saboteur(caught_by=test_waiting_without_the_lock_never_deadlocks)
def producer_that_tells_nobody(patch):
    """The producer keeps to itself that there is an item."""
    in_silence = coroutine_threaded_pairs.put_in_silence
    patch.here(put_on_condition=in_silence, put_in_queue=in_silence)


@saboteur(caught_by=test_real_threads_wait_for_each_other_in_vain)
def producer_that_needs_no_lock(patch):
    """The producer tells of the item without the lock."""
    patch.here(put=coroutine_threaded_pairs.put_without_lock)
