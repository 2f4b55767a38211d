"""While one coroutine waits as if for a second of IO, the thread runs others, so that their waits overlap."""

import asyncio

import pytest

from spec.async_io import clockwork
from spec.async_io.loop_diary import Diary, blocking, greet
from spec.support import Claim, HoldsIf, Text, saboteur

claim = Claim(
    zh="一个协程像等一秒 IO 那样等待时，线程会去执行别的协程，于是这些等待彼此重叠。",
    decides={"asyncio.sleep-as-io": 660},
    ruling=HoldsIf(
        condition="there is another coroutine that can run, and it was handed to the loop beforehand",
        because="the sample beside the sentence hands the loop a single coroutine: its thread has nothing to run "
        "for a second, and waits; and coroutines that are awaited one after the other do not overlap either",
        correction=Text(
            en="Waits overlap where the loop has several tasks; a single task waits alone, and one await after "
            "another as well.",
            zh="循环里有多个任务时，它们的等待才会重叠；只有一个任务，或者逐个 await，就只能各等各的。",
        ),
        references=["https://docs.python.org/3/library/asyncio-task.html#creating-tasks"],
    ),
)

wait = asyncio.sleep
tasks_together = asyncio.gather


async def several(diary, number):
    """Let some coroutines wait for a second each, as tasks of one loop."""
    await tasks_together(*(greet(diary, wait, f"{each}") for each in range(number)))


async def in_sequence(diary, number):
    """Await the same coroutines one after the other."""
    for each in range(number):
        await greet(diary, wait, f"{each}")


async def alone(diary):
    """Wait as the only task; return how many others the loop has."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await greet(diary, wait)
    return len(others)


@pytest.mark.parametrize("number", [2, 10], ids=["two coroutines", "ten coroutines"])
def test_waits_of_tasks_overlap(number, evidence):
    """Coroutines that are tasks of one loop wait for a second each, and for a second in all."""
    diary = Diary()
    clockwork.run(several(diary, number))
    diary.show(evidence, f"{number} coroutines, by the loop's clock")

    assert diary[:number] == [(f"{each} hello", 0.0) for each in range(number)]
    assert sorted(diary[number:]) == [(f"{each} hello again", 1.0) for each in range(number)]


def test_waits_in_sequence_add_up(evidence):
    """Awaited one after the other, two coroutines wait for two seconds."""
    diary = Diary()
    clockwork.run(in_sequence(diary, 2))
    diary.show(evidence, "one await after another, by the loop's clock")

    assert diary == [("0 hello", 0.0), ("0 hello again", 1.0), ("1 hello", 1.0), ("1 hello again", 2.0)]


def test_a_single_coroutine_waits_alone():
    """A loop with a single coroutine has nothing else to run in the second for which that waits."""
    diary = Diary()

    assert clockwork.run(alone(diary)) == 0
    assert diary == [("one hello", 0.0), ("one hello again", 1.0)]


async def one_by_one(*coroutines):
    """Gather nothing: await them in their order."""
    return [await each for each in coroutines]


async def in_no_time(_):
    """Wait for one round of the loop."""
    await asyncio.sleep(0)


@saboteur(caught_by=test_waits_of_tasks_overlap)
def waits_that_keep_the_thread(patch):
    """Each wait keeps the thread until it is over."""
    patch.here(wait=blocking)


@saboteur(caught_by=test_waits_in_sequence_add_up)
def waits_that_take_no_time(patch):
    """A wait is over in one round of the loop."""
    patch.here(wait=in_no_time)


@saboteur(caught_by=test_waits_of_tasks_overlap)
def tasks_one_by_one(patch):
    """A task begins when the one before it has ended."""
    patch.here(tasks_together=one_by_one)


@saboteur(caught_by=test_a_single_coroutine_waits_alone)
def wait_of_no_second(patch):
    """The single wait is over before its second is."""
    patch.here(wait=in_no_time)
