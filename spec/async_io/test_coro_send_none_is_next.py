"""To a generator, `send(None)` is what `next` is."""

import inspect
from functools import partial

from hypothesis.strategies import integers

from spec.async_io.generator_scripts import PLAN, outcome_of, planned
from spec.support import Claim, Holds, saboteur
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="对生成器来说，`send(None)` 和 `next` 做的是同一件事。",
    decides={"coro.send-none-is-next": (607, 613)},
    ruling=Holds(),
)


def by_next(generator):
    return partial(next, generator)


def by_send(generator):
    return partial(generator.send, None)


def passing_on(iterator):
    """Hand on what another iterator yields."""
    yield from iterator


def test_both_begin_a_fresh_generator(evidence):
    """Either of them takes a generator that has not begun to its first yield, and returns what that yields."""
    states = {}
    for name, way in {"next": by_next, "send(None)": by_send}.items():
        generator = passing_on(["first", "second"])
        begun_with = way(generator)()
        states[name] = begun_with, inspect.getgeneratorstate(generator)
        generator.close()
    evidence.figures("what it yields, and its state then", {name: str(found) for name, found in states.items()})

    assert states == dict.fromkeys(("next", "send(None)"), ("first", inspect.GEN_SUSPENDED))


def test_both_do_the_same_to_any_generator():
    """Whatever a generator yields, returns or raises, both ways of going on come to the same, to its end and after."""

    @for_any(PLAN, integers(0, 6), examples=20)
    def come_to_the_same(plan, times):
        heard_next, heard_none = [], []
        go_on, send_none = by_next(planned(plan, heard_next)), by_send(planned(plan, heard_none))

        assert [outcome_of(go_on) for _ in range(times)] == [outcome_of(send_none) for _ in range(times)]
        assert heard_next == heard_none == [None] * len(heard_next)


def test_both_go_on_through_a_delegation():
    """Where a generator hands on what a plain iterator yields, None reaches it as next does, and nothing else can."""
    generator = passing_on(iter("abc"))

    assert [next(generator), by_send(generator)()] == ["a", "b"]
    assert isinstance(raised_by(generator.send, 3), AttributeError)


def test_only_next_goes_with_every_iterator():
    """An iterator that is no generator goes on by next alone: it has no send."""
    iterator = iter("abc")

    assert by_next(iterator)() == "a"
    assert not hasattr(iterator, "send")


def by_sending_a_word(generator):
    return lambda: generator.send(None) if inspect.getgeneratorstate(generator) == "GEN_CREATED" else generator.send("")


@saboteur(caught_by=test_both_begin_a_fresh_generator)
def sending_that_ends_it(patch):
    """To send None is to close the generator."""
    patch.here(by_send=lambda generator: generator.close)


@saboteur(caught_by=test_both_do_the_same_to_any_generator)
def sending_something_else(patch):
    """A generator that waits gets an empty text in the place of None."""
    patch.here(by_send=by_sending_a_word)


@saboteur(caught_by=test_both_go_on_through_a_delegation)
def delegation_to_a_generator(patch):
    """What is handed on comes from a generator, which can be sent anything."""
    patch.here(passing_on=lambda iterator: (letter for letter in iterator))


@saboteur(caught_by=test_only_next_goes_with_every_iterator)
def next_that_skips_one(patch):
    """Going on by next skips what comes first."""
    patch.here(by_next=lambda iterator: lambda: [next(iterator), next(iterator)][1])
