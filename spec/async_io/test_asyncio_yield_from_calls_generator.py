"""By yield from a generator hands over to another one, until that ends: values, messages, errors and the result."""

from hypothesis.strategies import integers, lists, none

from spec.support import Claim, Holds, saboteur
from spec.support.properties import for_any

claim = Claim(
    zh="生成器用 yield from 把执行交给另一个生成器，直到后者结束；产出的值、送入的值、异常和返回值都直接往来。",
    decides={"asyncio.yield-from-calls-generator": 658},
    ruling=Holds(),
)


def inner(values, heard):
    """Yield values, write down what is sent in return, and return how many there were."""
    for value in values:
        try:
            heard.append((yield value))
        except LookupError as error:
            heard.append(error)
    return len(values)


def outer(values, heard):
    """Hand over to the inner generator, and yield what it returned."""
    yield ("returned", (yield from inner(values, heard)))


delegating = outer


def conversation(generator, messages):
    """Send messages, one after each value; return the values."""
    values = [next(generator)]
    values += [generator.send(message) for message in messages]
    generator.close()
    return values


def test_any_values_and_messages_pass_through():
    """Whatever the inner generator yields comes out of the outer one, and whatever is sent goes in, in order."""

    @for_any(lists(integers(), max_size=6), lists(none() | integers(), min_size=6, max_size=6), examples=15)
    def pass_through(values, messages):
        heard = []
        seen = conversation(delegating(values, heard), messages[: len(values)])

        assert seen == [*values, ("returned", len(values))]
        assert heard == messages[: len(values)]


def test_an_exception_is_thrown_into_the_inner_one():
    """An exception that is thrown into the outer generator arrives where the inner one stands."""
    heard, error = [], LookupError("thrown")
    generator = delegating(["first", "second"], heard)
    next(generator)
    value = generator.throw(error)
    generator.close()

    assert value == "second"
    assert heard == [error]


def test_closing_the_outer_one_closes_the_inner_one():
    """Closing the outer generator ends the inner one where it stands, by way of its finally."""
    ended = []

    def guarded():
        try:
            yield "waiting"
        finally:
            ended.append("inner")

    generator = handing_over_to(guarded())
    next(generator)
    generator.close()

    assert ended == ["inner"]


def hand_over(generator):
    """Hand over to a generator."""
    yield from generator


handing_over_to = hand_over


def yield_only(values, heard):
    """Yield the inner generator itself."""
    yield inner(values, heard)
    yield ("returned", len(values))


def yield_one_by_one(values, heard):
    """Yield what the inner generator yields; keep messages and errors back."""
    for value in inner(values, heard):  # noqa: UP028 - nothing is to be sent in
        yield value
    yield ("returned", len(values))


def hold_on(generator, held=[]):  # noqa: B006 - it is to be held for good
    """Yield what a generator yields, and hold it."""
    held.append(generator)
    yield next(generator)


@saboteur(caught_by=test_any_values_and_messages_pass_through)
def generator_that_yields_the_other(patch):
    """The outer generator yields the inner one as an object."""
    patch.here(delegating=yield_only)


@saboteur(caught_by=test_any_values_and_messages_pass_through)
def generator_that_keeps_messages(patch):
    """The outer generator passes values out, and no message in."""
    patch.here(delegating=yield_one_by_one)


def shielded(values, heard):
    """Begin anew with the second value when something is thrown."""
    try:
        yield values[0]
    except LookupError:
        yield from inner(values[1:], heard)


@saboteur(caught_by=test_an_exception_is_thrown_into_the_inner_one)
def generator_that_keeps_exceptions(patch):
    """The outer generator hides an exception from the inner one."""
    patch.here(delegating=shielded)


@saboteur(caught_by=test_closing_the_outer_one_closes_the_inner_one)
def generator_that_leaves_the_other_open(patch):
    """The outer generator ends alone."""
    patch.here(handing_over_to=hold_on)
