"""Two coroutines can note their lines in any order that their stops permit, and in no other."""

import pytest
from hypothesis.strategies import sampled_from, sets

from spec.async_io.coroutine_driving import drive
from spec.async_io.coroutine_lines import LETTERS, NUMBERS, every_order, orders_by_hand, show_orders, task_of
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.properties import for_any

claim = Claim(
    zh="两个协程的输出能交错成怎样，取决于各自在哪里让出：让出点允许的次序都可能出现，其余的都不会。",
    decides={"coro.interleaving-possible": (563, 572)},
    ruling=HoldsIf(
        condition="the first lets others run after its second line, and the second one after its second line",
        because="functions without a yield or an await, such as those that are shown, give two orders and no more; "
        "the order that is printed needs a stop in each of them, at that place",
        correction=Text(
            en="Write the stop where others may run: `yield`, or in asyncio an await of something that waits, such as "
            "`await asyncio.sleep(0)`.",
            zh="允许别人运行的地方要写明：生成器里用 `yield`，asyncio 里则 await 一个真正会等待的东西，"
            "例如 `await asyncio.sleep(0)`。",
        ),
        references=[
            "https://docs.python.org/3/reference/expressions.html#yield-expressions",
            "https://docs.python.org/3/library/asyncio-task.html#sleeping",
        ],
    ),
)

SHOWN = "12xy3z"
STOPS = {"none": ("", ""), "one each": ("2", "y"), "after every line": (NUMBERS, LETTERS)}

tasks_of = task_of


def generator_of(lines, stops_after, log):
    """Note the lines, with a stop after some of them."""
    for line in lines:
        log.append(line)
        if line in stops_after:
            yield


def explored(stops):
    """Explore two tasks with these stops."""
    return every_order(tasks_of(NUMBERS, stops[0]), tasks_of(LETTERS, stops[1]))


def test_order_that_is_shown_by_turns(evidence):
    """Two generators with a stop after 2 and after y, driven in turn, note 1 2 x y 3 z."""
    log = []
    drive([generator_of(NUMBERS, "2", log), generator_of(LETTERS, "y", log)], [0, 1, 0, 1])
    evidence.transcript("two generators, driven in turn", "1 2 stop 3 | x y stop z", "\n".join(log), "")

    assert "".join(log) == SHOWN


@pytest.mark.parametrize(("stops", "orders"), [("none", 2), ("one each", 6), ("after every line", 20)], ids=list(STOPS))
def test_tasks_have_the_orders_that_their_stops_permit(stops, orders, evidence):
    """All the orders of two tasks are those of their stretches between stops: 2, 6 or 20 of them."""
    found = explored(STOPS[stops])
    show_orders(evidence, f"stops: {stops}", found)

    assert found.exhausted
    assert set(found.outcomes) == orders_by_hand((NUMBERS, STOPS[stops][0]), (LETTERS, STOPS[stops][1]))
    assert len(found.outcomes) == orders
    assert (SHOWN in found.outcomes) == (stops != "none")


def test_any_stops_permit_their_merges():
    """Wherever the stops are, the orders that occur are the merges of the stretches between them."""

    @for_any(sets(sampled_from(NUMBERS)), sets(sampled_from(LETTERS)), examples=12)
    def merges(ones, others):
        found = explored((ones, others))

        assert found.exhausted
        assert set(found.outcomes) == orders_by_hand((NUMBERS, ones), (LETTERS, others))


@saboteur(caught_by=test_order_that_is_shown_by_turns)
def generators_without_a_stop(patch):
    """A generator notes all of its lines before it stops."""

    def noting(lines, _, log):
        log.extend(lines)
        yield

    patch.here(generator_of=noting)


@saboteur(caught_by=test_tasks_have_the_orders_that_their_stops_permit)
def tasks_with_a_stop_too_many(patch):
    """Every task has a stop after its first line."""
    patch.here(tasks_of=lambda lines, stops: task_of(lines, {*stops, "1", "x"} - {*(stops if len(stops) > 2 else "")}))


@saboteur(caught_by=test_any_stops_permit_their_merges)
def tasks_that_do_not_stop(patch):
    """No task stops before its end."""
    patch.here(tasks_of=lambda lines, _: task_of(lines))
