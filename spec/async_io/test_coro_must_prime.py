"""A generator takes its first message only when it has been brought to its first yield."""

import inspect

from concurrency_lib import coroutines
from spec.async_io.generator_scripts import PLAN, VALUE, outcome_of, planned
from spec.support import Claim, Holds, saboteur
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="生成器必须先走到第一个 yield，之后才能接收消息。",
    decides={"coro.must-prime": 608},
    ruling=Holds(),
)


def echo(begun):
    """Note that it has begun, and answer each message with itself."""
    begun.append(True)
    message = "ready"
    while True:
        message = yield message


fresh = echo


def test_fresh_generator_refuses_any_value():
    """Any value but None, sent to a generator that has not begun, ends in TypeError, and nothing of it has run."""

    @for_any(VALUE.filter(lambda value: value is not None), examples=20)
    def is_refused(value):
        begun = []
        generator = fresh(begun)

        assert isinstance(raised_by(generator.send, value), TypeError)
        assert begun == []
        assert inspect.getgeneratorstate(generator) == inspect.GEN_CREATED


def test_refusal_does_not_spoil_it(evidence):
    """After the refusal the generator can still be begun, and takes the same message then."""
    generator = fresh([])
    refusal = raised_by(generator.send, 1)
    begun_with, answer = generator.send(None), generator.send(1)
    generator.close()
    evidence.figures(
        "one generator", {"send(1)": repr(refusal), "send(None)": begun_with, "send(1) after that": answer}
    )

    assert isinstance(refusal, TypeError)
    assert (begun_with, answer) == ("ready", 1)


def test_library_makes_consumers_that_are_ready():
    """What a function marked as a consumer returns waits at its first yield, and takes any value at once."""

    @for_any(VALUE, examples=20)
    def is_taken(value):
        begun = []
        with coroutines.consumer(echo)(begun) as ready:
            assert begun == [True]
            assert (ready.first, ready.ended) == ("ready", False)
            assert ready.send(value) is value


def test_library_tells_what_never_gets_ready():
    """Making a consumer that has no first yield raises Ended with what it returned, or what it raised."""

    @for_any(PLAN, examples=10)
    def tells(plan):
        made = outcome_of(coroutines.consumer(planned), plan._replace(answers=[]), [])

        assert made == ("Refused" if plan.raises else "Ended", plan.value)


class Begun:
    """A generator that is begun as it is made."""

    def __init__(self, begun):
        self._generator = echo(begun)
        next(self._generator)
        self.send, self.close = self._generator.send, self._generator.close


class Patient(coroutines.Consumer):
    """A consumer of the library that is begun only by its first message."""

    ended = False

    def __init__(self, generator):
        self._generator, self.first = generator, None
        self.send, self.close = generator.send, generator.close


class Quiet(coroutines.Consumer):
    """A consumer that does not mind that it never got ready."""

    def __init__(self, generator):
        self.first = next(generator, None)
        self._generator = generator


@saboteur(caught_by=test_fresh_generator_refuses_any_value)
def generator_that_is_begun_when_made(patch):
    """The generator stands at its first yield as soon as it is made."""
    patch.here(fresh=Begun)


@saboteur(caught_by=test_refusal_does_not_spoil_it)
def generator_that_refuses_nothing(patch):
    """The generator has begun, and so takes the first value."""
    patch.here(fresh=Begun)


@saboteur(caught_by=test_library_makes_consumers_that_are_ready)
def consumer_that_is_not_ready(patch):
    """The library makes consumers that have not begun."""
    patch.setattr(coroutines, "Consumer", Patient)


@saboteur(caught_by=test_library_tells_what_never_gets_ready)
def consumer_without_a_yield(patch):
    """The library is content with a consumer that has ended before it got ready."""
    patch.setattr(coroutines, "Consumer", Quiet)
