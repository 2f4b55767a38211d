"""What a generator yields comes out of a for loop, or of next, one value at a time."""

from collections.abc import Iterator

import pytest
from hypothesis.strategies import integers, lists

from spec.support import Claim, Holds, saboteur
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="generator 产出的值，可以用 for 循环逐个取，也可以用 next() 逐个取。",
    decides={"coro.generator-for-and-next": 586},
    ruling=Holds(),
)

VALUES = lists(integers() | lists(integers(), max_size=1), max_size=6)


def values_of(given, made):
    """Yield the values, and note each as it is made."""
    for value in given:
        made.append(value)
        yield value


def by_for(generator):
    return [value for value in generator]  # noqa: C416 - the loop is the point


def by_next(generator):
    taken = []
    while True:
        try:
            taken.append(next(generator))
        except StopIteration:
            return taken


WAYS = {"for": by_for, "next": by_next}


@pytest.mark.parametrize("way", WAYS)
def test_every_value_comes_in_order(way):
    """Either way all values come out, each of them once and in their order."""

    @for_any(VALUES, examples=15)
    def come_out(given):
        assert WAYS[way](values_of(given, [])) == given


def test_for_goes_on_where_next_stopped():
    """A for loop takes what next has left, and next after it finds the end."""
    generator = values_of("abc", [])
    taken = [next(generator), *by_for(generator)]

    assert taken == ["a", "b", "c"]
    assert isinstance(raised_by(next, generator), StopIteration)


def test_a_value_is_made_when_it_is_asked_for(evidence):
    """No value is made before it is asked for: after two calls of next two have been made."""
    made = []
    generator = values_of("abc", made)
    counts = [len(made)]
    for _ in range(2):
        next(generator)
        counts.append(len(made))
    evidence.figures("values made", dict(zip(("at first", "after one next", "after two"), counts, strict=True)))

    assert counts == [0, 1, 2]


def test_list_has_no_next():
    """A list can be looped over as well, yet next does not take a list, which is no iterator."""
    assert isinstance(raised_by(next, [1]), TypeError)
    assert isinstance(values_of([1], []), Iterator)


@saboteur(caught_by=test_every_value_comes_in_order)
def generator_that_drops_the_last(patch):
    """The last value is never yielded."""
    patch.here(values_of=lambda given, _: (value for value in given[:-1]))


@saboteur(caught_by=test_for_goes_on_where_next_stopped)
def generator_that_begins_again(patch):
    """Whoever loops over it begins at the first value again."""

    class Anew:
        def __init__(self, given, _):
            self.given = given

        def __iter__(self):
            return iter(self.given)

        def __next__(self):
            return self.given[0]

    patch.here(values_of=Anew)


@saboteur(caught_by=test_a_value_is_made_when_it_is_asked_for)
def generator_that_works_ahead(patch):
    """All values are made when the first is asked for."""

    def eager(given, made):
        made.extend(given)
        yield from given

    patch.here(values_of=eager)


@saboteur(caught_by=test_list_has_no_next)
def generator_that_is_a_list(patch):
    """The values are handed back as a list."""
    patch.here(values_of=lambda given, _: [*given])
