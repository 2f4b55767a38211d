"""A function whose body has a yield is a generator function, and each call of it makes a generator to hand on."""

import inspect
import types

import pytest

from concurrency_lib import coroutines
from spec.async_io import generator_makers_broken
from spec.async_io.generator_pairs import Turns, in_turn, squaring, supply
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.outcomes import raised_by

claim = Claim(
    zh="函数体里有 yield 的函数是生成器函数，每调用一次就得到一个生成器，可以交给别的函数使用。",
    decides={"coro.consumer-is-generator": 623},
    ruling=HoldsIf(
        condition="the consumer is what the call returns, not the function of that name",
        because="the function is no generator and has no send; it makes generators, a new one at each call, and it is "
        "one of those that is handed to the producer",
        correction=Text(
            en="A generator function returns a generator iterator; the word generator alone is used for both.",
            zh="生成器函数返回的是生成器迭代器（generator iterator）；单说“生成器”时，两者都可能指。",
        ),
        references=[
            "https://docs.python.org/3/glossary.html#term-generator",
            "https://docs.python.org/3/reference/expressions.html#generator-iterator-methods",
        ],
    ),
)

make = squaring


def test_call_makes_a_generator_and_runs_nothing(evidence):
    """The function is a generator function; a call makes a generator that has not begun, and runs none of its body."""
    turns = Turns()
    made = make(turns)
    evidence.figures(
        "what is what", {"the function": type(make).__name__, "what its call returns": type(made).__name__}
    )

    assert inspect.isgeneratorfunction(make)
    assert not inspect.isgenerator(make)
    assert type(made) is types.GeneratorType
    assert inspect.getgeneratorstate(made) == inspect.GEN_CREATED
    assert turns.notes == []


def test_generator_is_handed_to_the_producer():
    """A producer that is handed the generator starts it, feeds it, and closes it."""
    turns = Turns()
    supply(turns, make(turns), [1, 2])

    assert turns.notes == [*in_turn([1, 2]), "consumer tidies up"]


def test_function_itself_cannot_be_sent_to():
    """A producer that is handed the function, and not what it makes, ends in AttributeError: there is no send."""
    turns = Turns()

    assert isinstance(raised_by(supply, turns, make, [1, 2]), AttributeError)
    assert turns.notes == []


def test_each_call_makes_another(evidence):
    """Each call makes another generator, which stands where it stands whatever the others do."""
    one, other = make(Turns()), make(Turns())
    next(one)
    states = [inspect.getgeneratorstate(each) for each in (one, other)]
    one.close()
    other.close()
    evidence.figures("two generators of one function", {"begun": states[0], "not begun": states[1]})

    assert states == [inspect.GEN_SUSPENDED, inspect.GEN_CREATED]


@pytest.mark.parametrize("other", [len, lambda: None, iter], ids=["built in", "lambda", "type"])
def test_library_refuses_what_is_no_generator_function(other):
    """Marking anything but a generator function as a consumer ends in TypeError."""
    assert isinstance(raised_by(coroutines.consumer, other), TypeError)


def test_library_makes_a_consumer_at_each_call():
    """A marked function keeps its name, and each call makes a consumer of its own, under that name."""
    made = coroutines.consumer(squaring)
    with made(Turns()) as one, made(Turns()) as other:
        one.close()

        assert made.__name__ == one.name == "squaring"
        assert (one.ended, other.ended) == (True, False)


@saboteur(caught_by=test_call_makes_a_generator_and_runs_nothing)
def function_that_begins_at_once(patch):
    """The function is an ordinary one, whose call runs up to the first yield."""
    patch.here(make=generator_makers_broken.squaring_at_once)


@saboteur(caught_by=test_generator_is_handed_to_the_producer)
def producer_that_sends_nothing(patch):
    """The producer starts what it is handed, and closes it."""
    patch.here(supply=lambda _, consumer, __: (next(consumer), consumer.close()))


@saboteur(caught_by=test_function_itself_cannot_be_sent_to)
def function_that_can_be_sent_to(patch):
    """The function has a send of its own."""
    patch.here(make=generator_makers_broken.Maker())


@saboteur(caught_by=test_each_call_makes_another)
def function_with_one_generator(patch):
    """The function makes one generator, and returns that at each call."""
    patch.here(make=generator_makers_broken.Maker())


@saboteur(caught_by=test_library_refuses_what_is_no_generator_function)
def mark_for_anything(patch):
    """The library takes any function for a consumer."""
    patch.setattr(coroutines, "consumer", generator_makers_broken.mark_anything)


@saboteur(caught_by=test_library_makes_a_consumer_at_each_call)
def consumer_without_a_name(patch):
    """The library does not know what its consumers are called."""
    patch.setattr(coroutines, "name_of", lambda _: "consumer")
