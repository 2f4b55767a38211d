"""Coroutines of one thread share a resource by a look at its state, if they act on it before they let others run."""

import asyncio

import pytest

from spec.async_io.coroutine_shared import every_order, show
from spec.support import Claim, HoldsIf, Text, saboteur

claim = Claim(
    zh="同一个线程里的协程共用一个资源，看一眼状态再动手就够了，前提是看完到动手之间不让出。",
    decides={"coro.check-state-only": 580},
    ruling=HoldsIf(
        condition="no await or yield stands between the look at the state and the act",
        because="what was true before an await need not be true after it: of the six orders of two tasks that look, "
        "await and act, four let both take the one seat",
        correction=Text(
            en="Look again after every await, or hold an asyncio.Lock from the look to the act.",
            zh="每次 await 之后都重新看一遍状态，或者从查看到动手一直持有 asyncio.Lock。",
        ),
        references=["https://docs.python.org/3/library/asyncio-sync.html#asyncio.Condition"],
    ),
)


async def take(shared):
    """Take the one seat if nobody sits on it: the number is that of those who do."""
    await asyncio.sleep(0)
    if shared.number == 0:
        shared.number += 1


async def take_after_await(shared):
    """Look whether the seat is free, let others run, and take it."""
    if shared.number == 0:
        await asyncio.sleep(0)
        shared.number += 1


async def take_after_second_look(shared):
    """Look, let others run, and look again before taking it."""
    if shared.number == 0:
        await asyncio.sleep(0)
        if shared.number == 0:
            shared.number += 1


async def take_under_lock(shared):
    """Hold a lock from the look to the act."""
    async with shared.lock:
        await take_after_await(shared)


CAREFUL = {
    "no await": lambda: take,
    "a second look": lambda: take_after_second_look,
    "a lock": lambda: take_under_lock,
}


@pytest.mark.parametrize("how", CAREFUL)
@pytest.mark.parametrize("tasks", [2, 3])
def test_one_takes_the_seat(how, tasks, evidence):
    """In every order of the tasks exactly one takes the seat: with no await, a second look, or a lock."""
    found = every_order(*[CAREFUL[how]()] * tasks, wanted=1)
    show(evidence, f"{tasks} tasks, {how}", found, [CAREFUL[how]()] * tasks, 1)

    assert (found.exhausted, found.failures) == (True, 0)
    assert found.schedules > 1


def test_await_before_the_act_seats_two(evidence):
    """With an await between the look and the act, both of two tasks take the seat in four of their six orders."""
    found = every_order(take_after_await, take_after_await, wanted=1)
    show(evidence, "two tasks that await between look and act", found, [take_after_await] * 2, 1)

    assert (found.exhausted, found.failures) == (True, 4)
    assert found.outcomes[2] == 4


@saboteur(caught_by=test_one_takes_the_seat)
def tasks_that_do_not_look(patch):
    """Whoever comes takes the seat."""

    async def sit_down(shared):
        await asyncio.sleep(0)
        shared.number += 1

    patch.here(take=sit_down, take_after_second_look=sit_down, take_under_lock=sit_down)


@saboteur(caught_by=test_await_before_the_act_seats_two)
def await_that_does_not_stop(patch):
    """Nobody else runs between the look and the act."""
    patch.here(take_after_await=take)
