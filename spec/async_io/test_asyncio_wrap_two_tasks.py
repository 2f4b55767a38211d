"""Two coroutines that are handed to asyncio.wait are wrapped in tasks, and wait together."""

import asyncio

import pytest

from spec.async_io import clockwork
from spec.async_io.loop_diary import Diary, greet
from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.rulings import Condition

NOT_TAKEN = "bare coroutines are refused"


def wait_takes_coroutines():
    """Hand a coroutine to asyncio.wait; return why it does not take it."""

    async def nothing():
        pass

    async def attempt(coroutine):
        try:
            await asyncio.wait([coroutine])
        except TypeError as error:
            return f"{NOT_TAKEN}: {error}"
        finally:
            coroutine.close()
        return ""

    return clockwork.run(attempt(nothing()))


claim = Claim(
    zh="把两个协程交给 asyncio.wait，它们会被包装成 Task，一起等待。",
    decides={"asyncio.wrap-two-tasks": 662},
    ruling=Outdated(
        since="3.11",
        condition=Condition("asyncio.wait takes bare coroutines", wait_takes_coroutines),
        because="asyncio.wait used to make tasks of coroutines behind the caller's back, who could not find out later "
        "which result was whose; it has been deprecated since 3.8, and since 3.11 it refuses whatever is no task or "
        "future with TypeError",
        correction=Text(
            en="Wrap each coroutine by create_task, or leave that to gather or a TaskGroup.",
            zh="请用 create_task 逐个包装协程，或者交给 gather、TaskGroup 去做。",
        ),
        references=["https://docs.python.org/3/library/asyncio-task.html#asyncio.wait"],
    ),
)

wait = asyncio.wait


def tasks_of(coroutines):
    """Wrap each coroutine in a task."""
    return [asyncio.create_task(each) for each in coroutines]


async def bare(diary):
    """Hand two coroutines to wait, and close them where it does not take them."""
    coroutines = [greet(diary, name="one"), greet(diary, name="two")]
    try:
        await wait(coroutines)
    finally:
        for each in coroutines:
            each.close()


async def wrapped(diary):
    """Hand two tasks to wait; return all tasks that there were while they waited, but for the one that asks."""
    tasks = tasks_of([greet(diary, name="one"), greet(diary, name="two")])
    await asyncio.sleep(0.5)
    there = asyncio.all_tasks() - {asyncio.current_task()}
    done, _ = await wait(tasks)
    return tasks, there, done


@documents_word(ends_in=TypeError, match="(?i)coroutines")
def test_two_coroutines_are_wrapped_by_wait():
    """Two bare coroutines that are handed to wait greet side by side."""
    diary = Diary()
    clockwork.run(bare(diary))

    assert sorted(diary) == [("one hello", 0.0), ("one hello again", 1.0), ("two hello", 0.0), ("two hello again", 1.0)]


def test_two_tasks_wait_side_by_side(evidence):
    """Two coroutines that their caller has wrapped are two tasks of the loop, and greet side by side."""
    diary = Diary()
    tasks, there, done = clockwork.run(wrapped(diary))
    diary.show(evidence, "two tasks, by the loop's clock")

    assert sorted(diary) == [("one hello", 0.0), ("one hello again", 1.0), ("two hello", 0.0), ("two hello again", 1.0)]
    assert len(tasks) == 2
    assert there == done == set(tasks)


def test_a_refused_coroutine_does_not_begin():
    """Where wait refuses a coroutine, none of its statements runs."""
    diary = Diary()
    with pytest.raises(TypeError):
        clockwork.run(bare(diary))

    assert diary == []


async def wait_that_wraps(coroutines):
    """Wait as up to 3.10: make a task of whatever is none."""
    return await asyncio.wait([asyncio.ensure_future(each) for each in coroutines])


async def begin_and_refuse(coroutines):
    """Refuse coroutines that have begun."""
    for each in coroutines:
        each.send(None)
    raise TypeError("coroutines are refused")


async def one_after_the_other(tasks):
    """Wait for tasks that are given in no set."""
    for each in tasks:
        await each
    return set(), set()


@saboteur(caught_by=test_two_coroutines_are_wrapped_by_wait, restores=True)
def wait_as_it_was(patch):
    """Waiting wraps what is handed to it."""
    patch.here(wait=wait_that_wraps)


@saboteur(caught_by=test_two_tasks_wait_side_by_side)
def wait_that_tells_of_nothing(patch):
    """Waiting does not tell what has ended."""
    patch.here(wait=one_after_the_other)


@saboteur(caught_by=test_a_refused_coroutine_does_not_begin)
def refusal_that_comes_too_late(patch):
    """A coroutine is refused when it has begun."""
    patch.here(wait=begin_and_refuse)
