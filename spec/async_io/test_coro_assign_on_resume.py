"""A generator stops between the two sides of `x = yield y`: the name gets its value first thing when it goes on."""

import inspect

from spec.async_io import generator_assignments
from spec.async_io.generator_assignments import Shelf, bound, noted
from spec.support import Claim, Holds, saboteur

claim = Claim(
    zh="执行 `x = yield y` 时，生成器停在等号两边之间：先交出右边的值并暂停，等恢复运行时，第一件事才是给左边赋值。",
    decides={"coro.assign-on-resume": (598, 599)},
    ruling=Holds(),
)


def one_name():
    """Bind a name to what is sent, and show it."""
    number = yield "waiting"
    yield number


def assigning(shelf, notes):
    """Yield on the right side of an assignment."""
    shelf["number"] = yield noted(notes, "right side")
    notes.append("next statement")
    yield


def reading_early(found):
    """Read a name, in the expression that is yielded, that the same statement is to bind."""
    number = yield found.append(bound(lambda: number))
    found.append(number)


def test_name_is_unbound_while_the_generator_waits(evidence):
    """While the generator waits at the yield the name on the left does not exist; after the send it has the value."""
    generator = one_name()
    begun_with = generator.send(None)
    waiting = {**generator.gi_frame.f_locals}
    shown = generator.send(3)
    gone_on = {**generator.gi_frame.f_locals}
    generator.close()
    evidence.figures("the names of the generator", {"while it waits": str(waiting), "after send(3)": str(gone_on)})

    assert (begun_with, shown) == ("waiting", 3)
    assert (waiting, gone_on) == ({}, {"number": 3})


def test_reading_the_name_too_early_fails():
    """A generator that reads the name before anything was sent finds that it has no value yet."""
    found = []
    generator = reading_early(found)
    next(generator)
    generator.close()

    assert found == ["unbound"]


def test_assignment_comes_first_after_the_send(evidence):
    """The right side is done before the pause, the left side after it, and that before the next statement."""
    notes = []
    generator = assigning(Shelf(notes), notes)
    next(generator)
    notes.append("paused")
    generator.send(3)
    generator.close()
    evidence.transcript("one assignment", 'shelf["number"] = yield …', "\n".join(notes), "closed")

    assert notes == ["right side", "paused", "left side: number gets 3", "next statement"]


def test_assignment_does_not_happen_if_closed():
    """A generator that is closed while it waits never assigns what stands on the left."""
    notes = []
    generator = assigning(Shelf(notes), notes)
    next(generator)
    generator.close()

    assert inspect.getgeneratorstate(generator) == inspect.GEN_CLOSED
    assert notes == ["right side"]


@saboteur(caught_by=test_name_is_unbound_while_the_generator_waits)
def name_that_is_bound_before(patch):
    """The name has a value before the generator waits."""
    patch.here(one_name=generator_assignments.bound_before)


@saboteur(caught_by=test_reading_the_name_too_early_fails)
def name_that_can_be_read_early(patch):
    """The name has a value before the statement."""
    patch.here(reading_early=generator_assignments.bound_early)


@saboteur(caught_by=test_assignment_comes_first_after_the_send)
def assignment_that_comes_last(patch):
    """The assignment is put off until the next statement is done."""
    patch.here(assigning=generator_assignments.assigning_late)


@saboteur(caught_by=test_assignment_does_not_happen_if_closed)
def assignment_in_any_case(patch):
    """The assignment is made even though nothing was sent."""
    patch.here(assigning=generator_assignments.assigning_anyway)
