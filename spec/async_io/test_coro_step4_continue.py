"""When the answer is there the producer goes on from where it sent, and can make its next message from that answer."""

from hypothesis.strategies import integers, lists

from concurrency_lib import coroutines
from spec.async_io.generator_pairs import Turns, in_turn, making, squaring, supply
from spec.async_io.generator_scripts import Refused
from spec.support import Claim, Holds, saboteur
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="拿到结果以后，生产者从发送的地方接着往下走，还可以根据这个结果来决定下一条消息。",
    decides={"coro.step4-continue": 628},
    ruling=Holds(),
)

MOST = 1000


def hinting(secret):
    """Tell of each guess whether the secret is larger, smaller, or guessed."""
    hint = None
    while True:
        guess = yield hint
        hint = "larger" if secret > guess else "smaller" if secret < guess else "guessed"


def find(consumer):
    """Guess by halves, each guess made from the hint to the one before; return the guesses and their hints."""
    low, high, told = 0, MOST, []
    while not told or told[-1][1] != "guessed":
        guess = (low + high) // 2
        told.append((guess, consumer.send(guess)))
        low, high = (guess + 1, high) if told[-1][1] == "larger" else (low, guess - 1)
    return told


def test_each_of_five_answers_lets_the_producer_go_on(evidence):
    """Over five items the producer hears the answer to each, and only then makes the next."""
    turns = Turns()
    supply(turns, squaring(turns), range(1, 6))
    turns.show(evidence, "five items")

    assert turns.notes == [*in_turn(range(1, 6)), "consumer tidies up"]
    assert turns.of("producer")[1::2] == ["hears 1", "hears 4", "hears 9", "hears 16", "hears 25"]


def test_next_message_is_made_from_the_answer(evidence):
    """Any number up to a thousand is found within ten guesses, each of which follows from the last hint."""
    longest = []

    @for_any(integers(0, MOST), examples=15)
    def is_found(secret):
        with coroutines.consumer(hinting)(secret) as consumer:
            told = find(consumer)
        longest[:] = max(longest, told, key=len)

        assert told[-1] == (secret, "guessed")
        assert len(told) <= 10

    evidence.figures("the longest search", {str(guess): hint for guess, hint in longest})


def failing_at(unwelcome):
    """Take numbers, and raise at one of them."""
    while True:
        if (yield) == unwelcome:
            raise Refused(unwelcome)


def test_error_of_the_consumer_arrives_where_it_was_sent():
    """What a consumer raises, the producer hears at that send; it can go on, but the consumer has ended."""

    @for_any(lists(integers(0, 3), max_size=5), examples=20)
    def arrives(numbers):
        with coroutines.consumer(failing_at)(2) as consumer:
            heard = [raised_by(consumer.send, number) for number in numbers]

        well = numbers.index(2) if 2 in numbers else len(numbers)
        kinds = [type(error) for error in heard]
        assert kinds == [type(None)] * well + [Refused, *[coroutines.Ended] * len(numbers)][: len(numbers) - well]


def test_error_of_the_consumer_stops_the_feeding():
    """Feeding raises what the consumer raises, and makes no more messages than had been sent by then."""
    turns = Turns()
    error = raised_by(coroutines.feed, coroutines.consumer(failing_at)(2), making(turns, range(1, 6)))

    assert isinstance(error, Refused)
    assert turns.notes == ["producer makes 1", "producer makes 2", "producer tidies up"]


def squaring_slowly(turns):
    """Answer nothing but zero."""
    while True:
        number = yield 0
        turns.note("consumer", f"takes {number}")


def hear_nothing(self, message):
    """Send, and keep what is raised from the producer."""
    return None if isinstance(raised_by(SEND, self, message), Refused) else 0


def feed_all(to, messages):
    """Make all messages, whatever the consumer does."""
    return FEED(to, list(messages))


SEND, FEED = coroutines.Consumer.send, coroutines.feed


@saboteur(caught_by=test_each_of_five_answers_lets_the_producer_go_on)
def consumer_with_one_answer(patch):
    """The consumer answers all with nought."""
    patch.here(squaring=squaring_slowly)


@saboteur(caught_by=test_next_message_is_made_from_the_answer)
def producer_that_guesses_in_order(patch):
    """The producer does not make its guesses from the hints."""
    patch.here(find=lambda consumer: [(guess, consumer.send(guess)) for guess in range(MOST + 1)])


@saboteur(caught_by=test_error_of_the_consumer_arrives_where_it_was_sent)
def library_that_keeps_errors_away(patch):
    """The library keeps what a consumer raises from the producer."""
    patch.setattr(coroutines.Consumer, "send", hear_nothing)


@saboteur(caught_by=test_error_of_the_consumer_stops_the_feeding)
def library_that_makes_all_messages(patch):
    """The library has all messages made, whatever becomes of the first."""
    patch.setattr(coroutines, "feed", feed_all)
