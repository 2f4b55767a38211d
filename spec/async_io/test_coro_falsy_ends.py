"""A consumer that returns at an empty message is ended by the first one, and takes all that came before."""

import inspect
from itertools import takewhile

from hypothesis.strategies import lists

from concurrency_lib import coroutines
from spec.async_io.generator_scripts import VALUE
from spec.support import Claim, Holds, saboteur
from spec.support.properties import for_any

claim = Claim(
    zh="消费者如果一收到空值就返回，那么第一个空值就会让它结束；在此之前的消息则都会被处理。",
    decides={"coro.falsy-ends": (601, 602)},
    ruling=Holds(),
)


def until_empty(taken):
    """Take messages until one is empty."""
    receipt = "ready"
    while message := (yield receipt):
        taken.append(message)
        receipt = "taken"


def taking_all(taken):
    """Take messages until it is closed."""
    while True:
        message = yield
        taken.append(message)


def sent_to(consumer, messages):
    """Send messages until the consumer ends; return the answers."""
    answers = [next(consumer)]
    for message in messages:
        try:
            answers.append(consumer.send(message))
        except StopIteration:
            return [*answers, "StopIteration"]
    return answers


def test_first_empty_message_ends_it(evidence):
    """Zero ends the consumer in StopIteration, and what comes after is not taken any more."""
    taken = []
    consumer = until_empty(taken)
    answers = sent_to(consumer, [1, 2, 0, 3])
    evidence.figures("1, 2, 0, 3", {"answers": ", ".join(answers), "taken": str(taken)})

    assert answers == ["ready", "taken", "taken", "StopIteration"]
    assert taken == [1, 2]
    assert inspect.getgeneratorstate(consumer) == inspect.GEN_CLOSED


def test_any_messages_are_taken_up_to_the_first_empty_one():
    """Of any messages those before the first empty one are taken: nothing, zero, and what has no length alike."""

    @for_any(lists(VALUE, max_size=5), examples=20)
    def up_to_the_first(messages):
        taken = []
        consumer = until_empty(taken)
        sent_to(consumer, messages)
        waits = inspect.getgeneratorstate(consumer) == inspect.GEN_SUSPENDED
        consumer.close()

        assert taken == list(takewhile(bool, messages))
        assert waits == all(messages)


def test_numbers_from_one_never_end_it():
    """Numbers that count from one are all taken, and it is closed while it still waits."""
    taken = []
    consumer = until_empty(taken)
    answers = sent_to(consumer, range(1, 6))

    assert taken == [1, 2, 3, 4, 5]
    assert answers == ["ready", *["taken"] * 5]
    assert inspect.getgeneratorstate(consumer) == inspect.GEN_SUSPENDED
    consumer.close()


def test_library_takes_empty_messages_like_any_other():
    """A pair of the library is ended by closing it, so that any messages, all empty ones too, get through."""

    @for_any(lists(VALUE, max_size=5), examples=20)
    def gets_through(messages):
        taken = []
        coroutines.feed(coroutines.consumer(taking_all)(taken), messages)

        assert taken == messages


def until_none(taken):
    """Take messages until nothing comes."""
    receipt = "ready"
    while (message := (yield receipt)) is not None:
        taken.append(message)
        receipt = "taken"


def until_one(taken):
    """Take one message."""
    message = yield "ready"
    taken.append(message)


def feed_until_empty(to, messages):
    """Send what comes before the first empty message."""
    return FEED(to, takewhile(bool, messages))


FEED = coroutines.feed


@saboteur(caught_by=test_first_empty_message_ends_it)
def consumer_that_wants_none(patch):
    """Only None ends the consumer."""
    patch.here(until_empty=until_none)


@saboteur(caught_by=test_any_messages_are_taken_up_to_the_first_empty_one)
def consumer_that_takes_empty_texts(patch):
    """Only None ends the consumer; what is empty otherwise is taken."""
    patch.here(until_empty=until_none)


@saboteur(caught_by=test_numbers_from_one_never_end_it)
def counting_from_nought(patch):
    """The consumer is ended by whatever number comes first."""
    patch.here(until_empty=until_one)


@saboteur(caught_by=test_library_takes_empty_messages_like_any_other)
def feeding_up_to_an_empty_message(patch):
    """The library stops at the first empty message."""
    patch.setattr(coroutines, "feed", feed_until_empty)
