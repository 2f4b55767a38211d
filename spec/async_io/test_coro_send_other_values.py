"""A generator that waits can be sent any value, and gets that very object."""

from hypothesis.strategies import lists

from concurrency_lib import coroutines
from spec.async_io.generator_scripts import PLAN, SCRIPT, VALUE, by_the_library, by_the_model, outcome_of, planned
from spec.support import Claim, Holds, saboteur
from spec.support.properties import for_any

claim = Claim(
    zh="任何值都可以发给正在等待的生成器，它收到的就是那个对象本身。",
    decides={"coro.send-other-values": 614},
    ruling=Holds(),
)

EMPTY = ["", b"", 0, 0.0, False, [], {}, ()]


def keeping(received):
    """Keep what is sent."""
    while True:
        received.append((yield))


def test_any_object_arrives_itself(evidence):
    """Whatever is sent, an object or a value, empty or not, None included, arrives as the same object."""
    kinds = set()

    @for_any(VALUE, examples=20)
    def arrives(value):
        kinds.add(type(value).__name__)
        received = []
        generator = keeping(received)
        next(generator)
        generator.send(value)
        generator.close()

        assert len(received) == 1
        assert received[0] is value

    evidence.figures("what was sent", {"kinds": ", ".join(sorted(kinds))})


def test_what_is_empty_is_a_message_of_the_library_too():
    """The library hands what is empty to its consumer as it hands on anything."""
    received = []
    with coroutines.consumer(keeping)(received) as keeper:
        coroutines.feed(keeper, EMPTY)

    assert [id(each) for each in received] == [id(each) for each in EMPTY]


def test_pair_of_the_library_does_as_its_model():
    """Whatever a consumer yields, returns or raises, each message of any sequence comes to what the model says."""

    @for_any(PLAN, SCRIPT, examples=60)
    def does_as_the_model(plan, script):
        assert by_the_library(plan, script) == by_the_model(plan, script)


def test_feeding_of_the_library_does_as_its_model():
    """Feeding comes to the answers that the model gives one by one, or to the end that it meets before the last."""

    @for_any(PLAN.filter(lambda plan: plan.answers), lists(VALUE, max_size=4), examples=20)
    def does_as_the_model(plan, messages):
        received = []
        fed = outcome_of(coroutines.feed, coroutines.consumer(planned)(plan, received), messages)
        (_, *answers), taken = by_the_model(plan, [("send", message) for message in messages])
        ends = [end for end in answers if end[0] != "comes to"]

        assert fed == (ends[0] if ends else ("comes to", [answer for _, answer in answers]))
        assert received == taken


def keeping_copies(received):
    """Keep what the value looks like."""
    while True:
        received.append(str((yield)))


def send_something(self, message):
    """Send what is not empty, and nothing for what is."""
    return SEND(self, message or None)


def send_whatever_ended(self, message):
    """Send without asking whether the consumer still waits."""
    return self._generator.send(message)


def send_to_the_end(self, message):
    """Send, and answer nothing where nobody takes it."""
    try:
        return SEND(self, message)
    except coroutines.Ended:
        return None


SEND = coroutines.Consumer.send


@saboteur(caught_by=test_any_object_arrives_itself)
def generator_that_keeps_copies(patch):
    """The generator keeps texts in the place of objects."""
    patch.here(keeping=keeping_copies)


@saboteur(caught_by=test_what_is_empty_is_a_message_of_the_library_too)
def library_that_sends_no_empty_message(patch):
    """The library takes an empty message for none."""
    patch.setattr(coroutines.Consumer, "send", send_something)


@saboteur(caught_by=test_pair_of_the_library_does_as_its_model)
def library_that_does_not_know_the_end(patch):
    """The library sends to a consumer that has ended."""
    patch.setattr(coroutines.Consumer, "send", send_whatever_ended)


@saboteur(caught_by=test_feeding_of_the_library_does_as_its_model)
def feeding_that_loses_messages(patch):
    """The library says nothing of messages that nobody takes."""
    patch.setattr(coroutines.Consumer, "send", send_to_the_end)
