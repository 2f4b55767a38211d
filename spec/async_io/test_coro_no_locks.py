"""Coroutines of one thread lose no change to what they share, as long as none lets others run in the midst of one."""

import asyncio

import pytest

from concurrency_lib.coroutines import RoundRobin
from spec.async_io import generator_rounds_broken, loop_broken
from spec.async_io.coroutine_shared import Shared, again_in_tasks, every_order, show
from spec.async_io.generator_tasks import round_of
from spec.support import Claim, HoldsIf, Text, saboteur

claim = Claim(
    zh="同一个线程里的协程修改共享数据时，只要修改到一半不让出，就不会丢掉任何改动。",
    decides={"coro.no-locks": 580},
    ruling=HoldsIf(
        condition="no await or yield stands between the read and the write of one change",
        because="the others run at every await that waits: one between a read and a write loses changes in four of "
        "the six orders of two tasks, as surely as it does with threads; that is what asyncio.Lock exists for",
        correction=Text(
            en="Between two awaits a coroutine needs no lock. A change that spans an await needs an asyncio.Lock, or "
            "must read anew after the await.",
            zh="两次 await 之间不需要锁；跨越 await 的修改要用 asyncio.Lock，或者在 await 之后重新读取再写。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-sync.html#asyncio.Lock",
            "https://docs.python.org/3/library/asyncio-dev.html#concurrency-and-multithreading",
        ],
    ),
)

TASKS, TIMES = 10, 100


async def add(shared):
    """Let others run, and add one without an await in between."""
    await asyncio.sleep(0)
    shared.number = shared.number + 1


async def add_with_await(shared):
    """Add one, and let others run between the read and the write."""
    number = shared.number
    await asyncio.sleep(0)
    shared.number = number + 1


async def add_under_lock(shared):
    """Do the same while holding a lock."""
    async with shared.lock:
        await add_with_await(shared)


def adding(shared, *, stops):
    """Add one again and again, as a generator, which may give way between the read and the write."""
    for _ in range(TIMES):
        number = shared.number
        if stops:
            yield
        shared.number = number + 1
        yield


@pytest.mark.parametrize("tasks", [2, 3])
def test_no_order_loses_a_change(tasks, evidence):
    """Without an await between the read and the write, no order of the tasks loses a change."""
    found = every_order(*[add] * tasks, wanted=tasks)
    show(evidence, f"{tasks} tasks that add one", found, [add] * tasks, tasks)

    assert (found.exhausted, found.failures) == (True, 0)
    assert found.schedules == {2: 6, 3: 90}[tasks]


def test_await_in_between_loses_changes(evidence):
    """With an await between the read and the write, four of the six orders of two tasks lose a change."""
    found = every_order(add_with_await, add_with_await, wanted=2)
    show(evidence, "two tasks that add one, with an await in the midst of it", found, [add_with_await] * 2, 2)

    assert (found.exhausted, found.schedules, found.failures) == (True, 6, 4)


@pytest.mark.parametrize("tasks", [2, 3])
def test_lock_mends_it(tasks, evidence):
    """With an asyncio.Lock around the change, no order loses one, although there is an await in its midst."""
    found = every_order(*[add_under_lock] * tasks, wanted=tasks)
    show(evidence, f"{tasks} tasks that add one under a lock", found, [add_under_lock] * tasks, tasks)

    assert (found.exhausted, found.failures) == (True, 0)


def test_loop_loses_the_same_each_time(run_async, evidence):
    """Ten tasks of a loop that add a hundred each count 1000, and no more than 100 with an await in the midst."""
    counted = [run_async(again_in_tasks(change, TASKS, TIMES)) for change in (add, add_with_await)]
    evidence.figures("ten tasks that add a hundred each", dict(zip(("no await", "an await"), counted, strict=True)))

    assert counted == [TASKS * TIMES, TIMES]


@pytest.mark.parametrize(("stops", "left"), [(False, TASKS * TIMES), (True, TIMES)], ids=["without", "with"])
def test_generators_by_turns(stops, left, evidence):
    """Ten generators that take turns and add a hundred each count 1000, and but 100 with a yield in the midst."""
    shared = Shared()
    with round_of({f"adder {number}": adding(shared, stops=stops) for number in range(TASKS)}) as tasks:
        tasks.run()
    evidence.figures("ten generators that add a hundred each", {"counted": shared.number, "lost": 1000 - shared.number})

    assert shared.number == left


@saboteur(caught_by=test_no_order_loses_a_change)
def change_with_an_await_in_it(patch):
    """The change lets others run in its midst."""
    patch.here(add=add_with_await)


@saboteur(caught_by=test_await_in_between_loses_changes)
def change_that_reads_anew(patch):
    """After the await the number is read again."""
    patch.here(add_with_await=add)


@saboteur(caught_by=test_lock_mends_it)
def lock_of_each_its_own(patch):
    """Every task holds a lock of its own."""

    async def add_under_lock(shared):
        async with asyncio.Lock():
            await add_with_await(shared)

    patch.here(add_under_lock=add_under_lock)


@saboteur(caught_by=test_loop_loses_the_same_each_time)
def loop_that_runs_the_newest_first(patch):
    """Whoever gives way goes on before all others."""
    patch.loop(loop_broken.NewestFirst)


@saboteur(caught_by=test_generators_by_turns)
def round_that_forgets_tasks(patch):
    """The library gives each task one turn, and then forgets it."""
    patch.setattr(RoundRobin, "step", generator_rounds_broken.give_one_turn_each)
