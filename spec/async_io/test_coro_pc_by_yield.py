"""A producer and a consumer that are coroutines take strict turns: each item goes straight over, and control back."""

import queue
import threading
from functools import partial

from hypothesis.strategies import integers, lists

from concurrency_lib import coroutines
from spec.async_io.generator_pairs import Turns, in_turn, making, squaring, supply
from spec.support import Claim, Holds, saboteur
from spec.support.deadlines import deadline, wait_until
from spec.support.properties import for_any
from spec.threads.together import together

claim = Claim(
    zh="生产者和消费者写成协程时严格轮流：每做好一个就当面交出去，等对方处理完，控制权再回到自己手里。",
    decides={"coro.pc-by-yield": 592},
    ruling=Holds(),
)

NUMBERS = range(1000)


def test_pair_takes_strict_turns_in_one_thread(evidence):
    """Over a thousand items each is made, taken and answered before the next is made, all in the caller's thread."""
    turns, few = Turns(), Turns()
    supply(turns, squaring(turns), NUMBERS)
    supply(few, squaring(few), range(3))
    few.show(evidence, "the first three items, one after the other")

    assert turns.notes == [*in_turn(NUMBERS), "consumer tidies up"]
    assert turns.threads == {threading.get_ident()}


def test_any_items_are_fed_one_by_one():
    """Whatever the items, the library asks for the next only when the one before has been taken and answered."""

    @for_any(lists(integers(), max_size=4), examples=20)
    def in_turns(numbers):
        turns = Turns()
        answers = coroutines.feed(coroutines.consumer(squaring)(turns), making(turns, numbers))

        assert answers == [number * number for number in numbers]
        made_and_taken = [f"{who} {n}" for n in numbers for who in ("producer makes", "consumer takes")]
        assert turns.notes == [*made_and_taken, "producer tidies up", "consumer tidies up"]


def test_threads_with_a_queue_run_ahead(evidence):
    """With a queue of ten places between two threads, ten items are made before the first of them is taken."""
    turns, items, may_take = Turns(), queue.Queue(maxsize=10), threading.Event()
    with together(
        partial(put_ten, turns, items, may_take), partial(take_ten, turns, items, may_take), at_end=may_take.set
    ) as (making_all, _):
        making_all.end()
    turns.show(evidence, "two threads, and a queue with room for ten")

    assert turns.notes == [*(f"producer makes {n}" for n in range(10)), *(f"consumer takes {n}" for n in range(10))]
    assert len(turns.threads) == 2


def put_ten(turns, items, may_take):
    """Make ten items, and only then let anyone take them."""
    for number in range(10):
        turns.note("producer", f"makes {number}")
        items.put(number, timeout=deadline())
    may_take.set()


def take_ten(turns, items, may_take):
    """Take ten items as soon as that is allowed."""
    may_take.wait(deadline())
    for _ in range(10):
        turns.note("consumer", f"takes {items.get(timeout=deadline())}")


def supply_late(turns, consumer, numbers):
    """Make all the numbers before any is sent."""
    supply_in_turns(turns, consumer, list(making(turns, numbers)))


def feed_late(to, messages):
    """Collect all the messages before any is sent."""
    return feed_in_turns(to, list(messages))


feed_in_turns, supply_in_turns = coroutines.feed, supply


@saboteur(caught_by=test_pair_takes_strict_turns_in_one_thread)
def producer_that_makes_all_first(patch):
    """The producer makes everything before it sends anything."""
    patch.here(supply=supply_late)


@saboteur(caught_by=test_any_items_are_fed_one_by_one)
def feeding_from_a_stock(patch):
    """The library collects the items before it hands over the first."""
    patch.setattr(coroutines, "feed", feed_late)


@saboteur(caught_by=test_threads_with_a_queue_run_ahead)
def queue_that_is_emptied_at_once(patch):
    """The thread that takes begins as soon as there is an item, and the other waits for it."""
    patch.here(put_ten=put_in_turn)


def put_in_turn(turns, items, may_take):
    """Let each item be taken before the next is made."""
    may_take.set()
    for number in range(10):
        turns.note("producer", f"makes {number}")
        items.put(number, timeout=deadline())
        wait_until(items.empty, "an empty queue")
