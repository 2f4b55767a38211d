"""At one and the same yield a consumer hands out an answer and takes in the next message."""

import inspect

from hypothesis.strategies import integers, lists

from concurrency_lib import coroutines
from spec.async_io import generator_answers_broken
from spec.async_io.generator_scripts import VALUE
from spec.support import Claim, Holds, saboteur
from spec.support.evidence import Step
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="消费者的同一个 yield 有两个方向：交出结果，同时收进下一条消息。",
    decides={"coro.step3-yield-both-ways": 627},
    ruling=Holds(),
)


def tripling(received):
    """Take numbers in, and hand out three times each."""
    answer = None
    while True:
        number = yield answer
        received.append(number)
        answer = 3 * number


def returning(received):
    """Take one number in, and return the answer in place of yielding it."""
    number = yield
    received.append(number)
    return 3 * number


def sent_and_answered(consumer, numbers):
    """Send numbers to a consumer that has not begun; return the answers."""
    next(consumer)
    answers = [consumer.send(number) for number in numbers]
    consumer.close()
    return answers


def test_any_numbers_go_in_and_their_answers_come_out(evidence):
    """Of any numbers each arrives inside in the order in which they are sent, and each send returns its own answer."""
    shown = []

    @for_any(lists(integers(), max_size=6), examples=20)
    def go_in_and_out(numbers):
        received = []
        answers = sent_and_answered(tripling(received), numbers)
        shown[:] = max((shown, list(zip(received, answers, strict=True))), key=len)

        assert received == numbers
        assert answers == [3 * number for number in numbers]

    steps = [(Step("into the yield", "", str(n)), Step("out of it", "", str(answer))) for n, answer in shown]
    evidence.interleaving("the longest of the sequences", [step for pair in steps for step in pair])


def test_returned_answer_ends_the_consumer():
    """An answer that is returned, and not yielded, comes inside StopIteration, and no message gets in any more."""
    received = []
    consumer = returning(received)
    next(consumer)
    end, after = raised_by(consumer.send, 5), raised_by(consumer.send, 6)

    assert isinstance(end, StopIteration)
    assert end.value == 15
    assert isinstance(after, StopIteration)
    assert after.value is None
    assert received == [5]
    assert inspect.getgeneratorstate(consumer) == inspect.GEN_CLOSED


def test_library_keeps_the_returned_answer():
    """A consumer of the library that returns raises Ended with the value, at this message and at all that follow."""

    @for_any(integers(), VALUE, examples=20)
    def keeps(number, another):
        received = []
        consumer = coroutines.consumer(returning)(received)
        ends = [raised_by(consumer.send, message) for message in (number, another, another)]

        assert {type(end) for end in ends} == {coroutines.Ended}
        assert [(end.consumer, end.value) for end in ends] == [("returning", 3 * number)] * 3
        assert received == [number]
        assert consumer.ended


def passing_on(consumer, numbers):
    """Yield the answers to numbers: a producer that is a generator itself."""
    for number in numbers:
        yield consumer.send(number)


def test_end_is_not_mistaken_for_the_producers():
    """In a producer that is a generator the end of its consumer arrives as Ended, where StopIteration would be lost."""
    plain = returning([])
    next(plain)

    assert isinstance(raised_by(list, passing_on(plain, [5])), RuntimeError)
    assert isinstance(raised_by(list, passing_on(coroutines.consumer(returning)([]), [5])), coroutines.Ended)


@saboteur(caught_by=test_any_numbers_go_in_and_their_answers_come_out)
def answers_that_are_one_behind(patch):
    """Each answer is that to the message before."""
    patch.here(tripling=generator_answers_broken.tripling_late)


@saboteur(caught_by=test_returned_answer_ends_the_consumer)
def answer_that_is_yielded(patch):
    """The consumer yields its last answer."""
    patch.here(returning=generator_answers_broken.yielding_the_last)


@saboteur(caught_by=test_library_keeps_the_returned_answer)
def library_that_forgets_the_answer(patch):
    """The library does not keep what a consumer returned."""
    patch.setattr(coroutines.Consumer, "_resume", generator_answers_broken.forget_the_last)


@saboteur(caught_by=test_end_is_not_mistaken_for_the_producers)
def library_with_a_bare_stop(patch):
    """The library lets StopIteration through."""
    patch.setattr(coroutines.Consumer, "_resume", generator_answers_broken.stop_as_it_is)
