"""Closing a generator ends it where it waits: GeneratorExit is raised there, and its finally clauses run."""

import inspect
import sys

import pytest

from concurrency_lib import coroutines
from spec.async_io import generator_endings_broken
from spec.async_io.generator_endings import (
    Untidy,
    checked,
    closed_quietly,
    deaf,
    failing_to_tidy,
    feed_and_leave,
    returning_its_count,
    tidying,
)
from spec.async_io.generator_pairs import Turns, making, squaring
from spec.support import Claim, Holds, saboteur
from spec.support.outcomes import raised_by

claim = Claim(
    zh="close() 让生成器在它等待的那个 yield 处结束：那里会抛出 GeneratorExit，finally 子句照常执行。",
    decides={"coro.step5-close": 629},
    ruling=Holds(because="since 3.13 close also returns what the generator returns, and before it returned None"),
)

HANDS_ON = sys.version_info >= (3, 13)  # what is returned; "What's new in Python 3.13", generator.close


def test_close_raises_at_the_yield_and_tidies_up(evidence):
    """Closing raises GeneratorExit at the yield, and its finally clause runs once; one that never began just ends."""
    notes, never = [], []
    generator, fresh = tidying(notes), tidying(never)
    next(generator)
    for each in (generator, generator, fresh, fresh):
        each.close()
    after = raised_by(generator.send, "a message")
    evidence.transcript("a generator that is closed", "generator.close()", "\n".join(notes), repr(after))

    assert (notes, never) == (["begins", "GeneratorExit", "finally"], [])
    assert {inspect.getgeneratorstate(each) for each in (generator, fresh)} == {inspect.GEN_CLOSED}
    assert generator.gi_frame is None
    assert isinstance(after, StopIteration)


def test_close_tells_of_what_yields_or_raises():
    """Closing a generator that yields once more ends in RuntimeError; and what is raised inside comes out."""
    ends = []
    for way in (deaf, failing_to_tidy):
        generator = way()
        next(generator)
        ends.append(type(raised_by(generator.close)))
        generator.close()

    assert ends == [RuntimeError, Untidy]


def test_close_hands_on_what_is_returned(evidence):
    """What the generator returns when it is closed, close returns from 3.13 on, and the library on every version."""
    generator = returning_its_count()
    consumer = coroutines.consumer(returning_its_count)()
    for message in (None, "one", "two"):
        generator.send(message)
    consumer.send("one"), consumer.send("two")
    by_close, by_library = generator.close(), consumer.close()
    evidence.figures("returned on closing", {"by close": str(by_close), "by the library": str(by_library)})

    assert by_close == (2 if HANDS_ON else None)
    assert (by_library, consumer.result, consumer.close()) == (2, 2, 2)


@pytest.mark.parametrize("failure", [None, Untidy], ids=["it is done", "it raises"])
def test_consumer_is_closed_once_when_its_producer_leaves(failure):
    """A consumer of the library ends with the block of its producer, however that is left, and tidies up once."""
    notes = []
    consumer = coroutines.consumer(tidying)(notes)
    error = raised_by(feed_and_leave, consumer, failure)

    assert type(error) is (failure or type(None))
    assert notes == ["begins", "GeneratorExit", "finally"]


def test_library_tells_what_goes_wrong_at_the_end():
    """A consumer of the library that yields, or raises, where it is closed is told of once, and takes nothing more."""
    stubborn, untidy = deaf(), failing_to_tidy()
    with closed_quietly(stubborn), closed_quietly(untidy):
        consumers = [coroutines.Consumer(stubborn), coroutines.Consumer(untidy)]
        told, told_again = ([raised_by(consumer.close) for consumer in consumers] for _ in range(2))
        after = [raised_by(consumer.send, "a message") for consumer in consumers]

    assert [repr(error) for error in told] == ["Stubborn('deaf')", "Untidy()"]
    assert told_again == [None, None]
    assert [type(error) for error in after] == [coroutines.Ended] * 2


@pytest.mark.parametrize("numbers", [["one"], [1, None], [1]], ids=["consumer raises", "producer raises", "it is done"])
def test_feeding_closes_both(numbers):
    """When feeding ends, whichever of the two raises or if neither does, both have been closed, and once."""
    turns = Turns()
    producer, consumer = making(turns, checked(numbers)), coroutines.consumer(squaring)(turns)
    error = raised_by(coroutines.feed, consumer, producer)

    assert (error is None) == (numbers == [1])
    assert turns.notes.count("producer tidies up") == turns.notes.count("consumer tidies up") == 1


@saboteur(caught_by=test_close_raises_at_the_yield_and_tidies_up)
def generator_that_tidies_up_twice(patch):
    """The generator does all of it again after the end."""
    patch.here(tidying=generator_endings_broken.tidying_twice)


@saboteur(caught_by=test_close_tells_of_what_yields_or_raises)
def generator_that_obeys(patch):
    """The generator ends where it is closed."""
    patch.here(deaf=returning_its_count)


@saboteur(caught_by=test_close_hands_on_what_is_returned)
def library_that_forgets_what_is_returned(patch):
    """The library closes a consumer, and forgets what it returns."""
    patch.setattr(coroutines, "end", generator_endings_broken.close_quietly)


@saboteur(caught_by=test_consumer_is_closed_once_when_its_producer_leaves)
def block_that_leaves_the_consumer(patch):
    """The end of the block leaves the consumer where it waits."""
    patch.setattr(coroutines.Consumer, "__exit__", generator_endings_broken.leave_open)


@saboteur(caught_by=test_library_tells_what_goes_wrong_at_the_end)
def library_that_knows_no_names(patch):
    """The library closes by close alone, which has no name for what goes on."""
    patch.setattr(coroutines, "end", generator_endings_broken.end_by_close)


@saboteur(caught_by=test_library_tells_what_goes_wrong_at_the_end)
def library_that_keeps_errors_of_the_end(patch):
    """The library closes a consumer, and keeps what it raises to itself."""
    patch.setattr(coroutines, "end", generator_endings_broken.keep_errors_of_close)


@saboteur(caught_by=test_feeding_closes_both)
def library_that_closes_nothing(patch):
    """The library closes neither the producer nor the consumer."""
    patch.setattr(coroutines, "end", generator_endings_broken.leave_open)
