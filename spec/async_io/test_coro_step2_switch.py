"""With each item that it sends, a producer switches to the consumer, which has its turn before the send returns."""

import threading
from functools import partial

from hypothesis.strategies import integers, lists

from concurrency_lib import coroutines
from spec.async_io import generator_switches
from spec.async_io.generator_pairs import Turns
from spec.async_io.generator_switches import who_resumed_me
from spec.support import Claim, Holds, saboteur
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="生产者每发送一个数据，就切换到消费者；消费者走完它这一轮，send 才返回。",
    decides={"coro.step2-switch": 626},
    ruling=Holds(),
)


def consuming(turns):
    """Note each message, and say when the next is wanted."""
    while True:
        message = yield
        turns.note("consumer", f"takes {message}")
        turns.note("consumer", "is done with it")


def producing(turns, consumer, messages):
    """Note when each send begins, and when it returns."""
    for message in messages:
        turns.note("producer", f"sends {message}")
        consumer.send(message)
        turns.note("producer", "goes on")


def a_turn_each(messages):
    """Return what the two note where each message is one switch there and one back."""
    steps = ("producer sends {}", "consumer takes {}", "consumer is done with it", "producer goes on")
    return [step.format(message) for message in messages for step in steps]


def test_consumer_has_its_turn_within_the_send(evidence):
    """Between the moment of a send and its return lies one whole turn of the consumer, and nothing else."""
    turns = Turns()
    consumer = consuming(turns)
    next(consumer)
    producing(turns, consumer, "ab")
    consumer.close()
    turns.show(evidence, "two messages")

    assert turns.notes == a_turn_each("ab")
    assert turns.threads == {threading.get_ident()}


def test_any_messages_switch_once_each_with_the_library():
    """Through a consumer of the library, too, each of any messages is one switch there and one back."""

    @for_any(lists(integers(), max_size=6), examples=20)
    def once_each(messages):
        turns = Turns()
        with coroutines.consumer(consuming)(turns) as consumer:
            producing(turns, consumer, messages)

        assert turns.notes == a_turn_each(messages)


def this_producer(consumer):
    consumer.send("a message")


def that_producer(consumer):
    consumer.send("a message")


def test_consumer_runs_on_top_of_whoever_sends(evidence):
    """While it runs, below the consumer stands the producer that sent, whichever it is, and nobody while it waits."""
    callers = []
    consumer = who_resumed_me(callers)
    next(consumer)
    this_producer(consumer)
    that_producer(consumer)
    below = consumer.gi_frame.f_back
    consumer.close()
    evidence.figures("who stood below the consumer", dict(zip(("first send", "second send"), callers, strict=True)))

    assert callers == ["this_producer", "that_producer"]
    assert below is None


def sending_to_itself(own, errors):
    """Send to the generator that runs."""
    yield
    errors.append(raised_by(own[0].send, "a message"))
    yield


def test_running_consumer_cannot_be_switched_to():
    """A consumer that runs cannot be sent anything: the attempt ends in ValueError, and it runs on."""
    own, errors = [], []
    own.append(sending_to_itself(own, errors))
    next(own[0])
    own[0].send("the first message")
    own.pop().close()

    assert [type(error) for error in errors] == [ValueError]


@saboteur(caught_by=test_consumer_has_its_turn_within_the_send)
def consumer_that_is_late(patch):
    """The consumer has its turn at the next send."""
    patch.here(consuming=partial(generator_switches.Late, consuming))


@saboteur(caught_by=test_any_messages_switch_once_each_with_the_library)
def consumer_that_goes_on_twice(patch):
    """The library has the consumer go on twice for each message."""
    patch.setattr(coroutines.Consumer, "send", generator_switches.send_twice)


@saboteur(caught_by=test_consumer_runs_on_top_of_whoever_sends)
def consumer_that_somebody_resumes(patch):
    """The consumer cannot tell who had it go on."""
    patch.here(who_resumed_me=generator_switches.resumed_by_somebody)


@saboteur(caught_by=test_running_consumer_cannot_be_switched_to)
def consumer_that_waits_meanwhile(patch):
    """What is sent to is another generator, which waits."""
    patch.here(sending_to_itself=generator_switches.sending_to_another)
