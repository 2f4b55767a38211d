"""Several coroutines can be run as a group of tasks, side by side."""

import asyncio

import pytest
from hypothesis.strategies import integers, permutations

from spec.async_io import clockwork
from spec.async_io.loop_diary import Diary
from spec.async_io.loop_groups import GROUPS, census, one_by_one, sleeper
from spec.async_io.loop_groups_broken import (
    Lenient,
    Unguarded,
    all_or_none,
    hasty_sleeper,
    in_order_of_their_ends,
)  # fmt: skip
from spec.support import Claim, Holds, saboteur
from spec.support.properties import for_any

claim = Claim(
    zh="几个协程可以组成一组任务，同时推进。",
    decides={"asyncio.group-of-tasks": 715},
    ruling=Holds(references=["https://docs.python.org/3/library/asyncio-task.html"]),
)

gather = asyncio.gather
task_group = asyncio.TaskGroup


@pytest.mark.parametrize("way", GROUPS)
def test_a_group_takes_as_long_as_its_longest(way, evidence):
    """Twenty coroutines of a second each are twenty tasks at the same time, and take one second as a group."""
    tasks, seconds = clockwork.run(census(GROUPS[way], 20))
    evidence.figures(f"twenty coroutines by {way}", {"tasks at once": tasks, "seconds of the loop": seconds})

    assert (tasks, seconds) == (20, 1.0)


def test_results_come_in_the_order_of_the_arguments():
    """In whatever order they end, gather hands back the results in the order in which they were given."""

    @for_any(permutations(range(1, 6)), examples=10)
    def in_order(seconds):
        diary = Diary()

        async def all_of_them():
            return await gather(*(sleeper(diary, str(each), each) for each in seconds))

        assert clockwork.run(all_of_them()) == [str(each) for each in seconds]
        assert diary.whats == [f"{each} done" for each in sorted(seconds)]


def test_a_group_ends_when_all_have_ended():
    """The block of a TaskGroup is left when the last of its tasks has ended, and not before."""

    @for_any(integers(1, 20), integers(1, 20), examples=10)
    def when_all_have_ended(one, other):
        async def both():
            async with task_group() as group:
                tasks = [group.create_task(asyncio.sleep(each, each)) for each in (one, other)]
            return asyncio.get_running_loop().time(), [task.result() for task in tasks if task.done()]

        assert clockwork.run(both()) == (max(one, other), [one, other])


def test_an_error_cancels_the_rest_of_a_task_group(evidence):
    """Where one task of a TaskGroup fails, the others are cancelled, and the error is raised in a group of errors."""
    diary, error = Diary(), LookupError("two")

    async def three():
        async with task_group() as group:
            for number, seconds in enumerate([1, 2, 3], 1):
                group.create_task(sleeper(diary, str(number), seconds, error if number == 2 else None))

    with pytest.raises(ExceptionGroup) as raised:
        clockwork.run(three())
    diary.show(evidence, "three tasks of a TaskGroup, by the loop's clock")

    assert raised.value.exceptions == (error,)
    assert diary == [("1 done", 1), ("2 failed", 2), ("3 cancelled", 2)]


def test_an_error_leaves_the_rest_of_a_gathering(evidence):
    """Where one of the coroutines of gather fails, its error is raised at once, and the others go on."""
    diary, error = Diary(), LookupError("two")

    async def three():
        try:
            await gather(*(sleeper(diary, str(each), each, error if each == 2 else None) for each in [1, 2, 3]))
        except LookupError as heard:
            diary.note(f"error {heard}")
        await asyncio.sleep(5)

    clockwork.run(three())
    diary.show(evidence, "three coroutines of gather, by the loop's clock")

    assert diary == [("1 done", 1), ("2 failed", 2), ("error two", 2), ("3 done", 3)]


def test_a_time_limit_cancels_what_it_bounds():
    """What wait_for bounds is cancelled when its time is over, and only then is the TimeoutError raised."""
    diary = Diary()

    async def bounded():
        try:
            await asyncio.wait_for(sleeper(diary, "one", 5), timeout=2)
        except TimeoutError:
            diary.note("one overdue")

    clockwork.run(bounded())

    assert diary == [("one cancelled", 2), ("one overdue", 2)]


@saboteur(caught_by=test_a_group_takes_as_long_as_its_longest)
def coroutines_one_by_one(patch):
    """One coroutine begins when the one before it has ended."""
    patch.here(GROUPS={"gather": one_by_one, "wait": one_by_one, "TaskGroup": one_by_one})


@saboteur(caught_by=test_results_come_in_the_order_of_the_arguments)
def results_in_order_of_completion(patch):
    """Results are handed back as they come."""
    patch.here(gather=in_order_of_their_ends)


@saboteur(caught_by=test_a_group_ends_when_all_have_ended)
def group_that_does_not_wait(patch):
    """The block of the group ends while its tasks run."""
    patch.here(task_group=Unguarded)


@saboteur(caught_by=test_an_error_cancels_the_rest_of_a_task_group)
def group_that_lets_the_others_go_on(patch):
    """The other tasks of the group go on when one fails."""
    patch.here(task_group=Lenient)


@saboteur(caught_by=test_an_error_leaves_the_rest_of_a_gathering)
def gathering_that_cancels(patch):
    """The other coroutines are cancelled when one fails."""
    patch.here(gather=all_or_none)


@saboteur(caught_by=test_a_time_limit_cancels_what_it_bounds)
def sleeper_that_is_faster(patch):
    """What is bounded ends before its time is over."""
    patch.here(sleeper=hasty_sleeper)
