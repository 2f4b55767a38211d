"""A function is entered at its beginning and comes back once, always in the same order of events."""

from contextlib import suppress

from hypothesis.strategies import integers

from spec.async_io.coroutine_calls import entries_of, show_entries
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.properties import for_any

claim = Claim(
    zh="普通函数只有一个入口，只返回一次，先后次序是确定的。",
    decides={"coro.one-entry-one-return": 545},
    ruling=Holds(
        because="a function may have many return statements, but a call comes to one of them; one that raises leaves "
        "once as well, and hands back no value",
    ),
    needs=[has_threads],
)

ONCE = [("enters", "size_of"), ("leaves", "size_of")]


def size_of(number):
    """Return from one of three places."""
    if number < 0:
        return "negative"
    if number > 9:
        return "large"
    return "a digit"


def refuse():
    raise LookupError


def attempt():
    """Call what raises, and go on."""
    try:
        refuse()
    except LookupError:
        return "heard"


def sizes():
    """Hand back one value after another, from three places."""
    yield "negative"
    yield "large"
    yield "a digit"


def test_any_argument_enters_and_returns_once():
    """Whichever of its return statements a call comes to, the function is entered once and left once."""

    @for_any(integers(-20, 20), examples=20)
    def once(number):
        assert entries_of(size_of, number, among={"size_of"}) == ONCE


def test_raising_leaves_once():
    """A function that raises is left once, before the one that called it."""
    entries = entries_of(attempt, among={"attempt", "refuse"})

    assert entries == [("enters", "attempt"), ("enters", "refuse"), ("leaves", "refuse"), ("leaves", "attempt")]


def test_events_come_in_the_same_order_each_time():
    """Twenty runs of the same calls enter and leave the same functions in the same order."""
    orders = {tuple(entries_of(attempt, among={"attempt", "refuse"})) for _ in range(20)}

    assert len(orders) == 1


def test_generator_is_entered_and_left_again_and_again(evidence):
    """One generator with three yields is entered four times and left four times."""
    entries = entries_of(lambda: list(sizes()), among={"sizes"})
    show_entries(evidence, "one generator with three yields", entries)

    assert entries == [("enters", "sizes"), ("leaves", "sizes")] * 4


@saboteur(caught_by=test_any_argument_enters_and_returns_once)
def function_that_asks_itself(patch):
    """The function answers for large numbers by asking itself for a smaller one."""

    def size_of(number):
        return "large" if number <= 9 else size_of(number - 1)

    patch.here(size_of=size_of)


@saboteur(caught_by=test_raising_leaves_once)
def error_that_is_never_raised(patch):
    """Nobody calls the function that raises."""
    patch.here(refuse=int)


@saboteur(caught_by=test_events_come_in_the_same_order_each_time)
def calls_by_chance(patch):
    """Every other time the function that raises is not called."""
    turns = [True, False] * 10

    def refuse():
        raise LookupError

    def attempt():
        with suppress(LookupError):
            refuse() if turns.pop() else None

    patch.here(attempt=attempt)


@saboteur(caught_by=test_generator_is_entered_and_left_again_and_again)
def generator_that_is_a_list(patch):
    """All values are handed back at once."""

    def sizes():
        return ["negative", "large", "a digit"]

    patch.here(sizes=sizes)
