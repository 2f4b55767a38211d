"""A yield is an expression: its value is what whoever resumes the generator hands in."""

from hypothesis.strategies import integers, lists, none

from concurrency_lib import coroutines
from spec.async_io import generator_listeners_broken
from spec.support import Claim, Holds, saboteur
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="yield 是一个表达式：谁恢复 generator 时递进来什么，它的值就是什么。",
    decides={"coro.yield-receives": 588},
    ruling=Holds(),
)

MESSAGES = lists(integers() | none(), max_size=6)


def listener(heard):
    """Note what each yield receives."""
    while True:
        heard.append((yield len(heard)))


def test_yield_receives_what_is_sent():
    """Whatever is sent is the value of the yield at which the generator waits, in the order of the sends."""

    @for_any(MESSAGES, examples=15)
    def arrives(messages):
        heard = []
        generator = listener(heard)
        next(generator)
        for message in messages:
            generator.send(message)

        assert heard == messages


def test_the_very_object_arrives():
    """It is the object itself that arrives, and no copy."""
    heard, sent = [], [object(), []]
    generator = listener(heard)
    next(generator)
    for each in sent:
        generator.send(each)

    assert all(one is other for one, other in zip(heard, sent, strict=True))


def test_next_hands_in_none():
    """What next and a for loop hand in is None."""
    heard = []
    generator = listener(heard)
    next(generator)
    next(generator)
    for _ in zip(range(2), generator, strict=False):
        pass

    assert heard == [None] * len(heard)
    assert len(heard) >= 3


def test_one_yield_gives_and_takes(evidence):
    """One and the same yield hands out a value and takes one in: each send returns what is yielded next."""
    heard = []
    generator = listener(heard)
    given = [next(generator), generator.send("a"), generator.send("b")]
    evidence.figures("in and out", {"handed out": str(given), "taken in": str(heard)})

    assert given == [0, 1, 2]
    assert heard == ["a", "b"]


def test_exception_can_be_handed_in():
    """An exception can be handed in as well: it is raised at the yield."""
    heard = []
    generator = listener(heard)
    next(generator)

    assert isinstance(raised_by(generator.throw, LookupError()), LookupError)
    assert heard == []


def test_library_hands_on_what_is_fed():
    """Whatever is fed to a consumer of the library, its yields receive it, and the answers come back in order."""

    @for_any(MESSAGES, examples=15)
    def arrives(messages):
        heard = []

        assert coroutines.feed(coroutines.consumer(listener)(heard), messages) == [*range(1, len(messages) + 1)]
        assert heard == messages


@saboteur(caught_by=test_yield_receives_what_is_sent)
def generator_that_does_not_listen(patch):
    """The generator notes a word of its own, whatever is sent."""
    patch.here(listener=generator_listeners_broken.deaf)


@saboteur(caught_by=test_the_very_object_arrives)
def generator_that_copies(patch):
    """The generator notes what the thing looks like."""
    patch.here(listener=generator_listeners_broken.copying)


@saboteur(caught_by=test_next_hands_in_none)
def generator_that_fills_in(patch):
    """Where nothing comes in, the generator notes a zero."""
    patch.here(listener=generator_listeners_broken.filling_in)


@saboteur(caught_by=test_one_yield_gives_and_takes)
def yields_that_only_take(patch):
    """One yield takes in, and another one hands out."""
    patch.here(listener=generator_listeners_broken.taking_apart)


@saboteur(caught_by=test_exception_can_be_handed_in)
def generator_that_swallows_exceptions(patch):
    """The generator ends without a word at whatever is raised."""
    patch.here(listener=generator_listeners_broken.swallowing)


@saboteur(caught_by=test_library_hands_on_what_is_fed)
def library_that_sends_something_else(patch):
    """The library sends the text of each message."""
    original = coroutines.Consumer.send
    patch.setattr(coroutines.Consumer, "send", lambda self, message: original(self, str(message)))
