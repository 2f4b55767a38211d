"""The program of two coroutines says hello twice, waits for about a second, and says hello again twice."""

import asyncio

from spec.async_io import clockwork
from spec.async_io.loop_diary import Diary, blocking, greet
from spec.async_io.loop_samples import (
    TWO,
    decorator_is_missing,
    error_of,
    in_the_past,
    native,
    ran_shortly,
    with_a_loop,
    with_tasks,
)
from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.capabilities import can_fork
from spec.support.rulings import Condition

claim = Claim(
    zh="有两个协程的那段程序先打两次招呼，停顿大约一秒，再打两次招呼。",
    decides={"asyncio.sample20-output": (664, 683)},
    ruling=Outdated(
        since="3.11",
        condition=Condition("asyncio still has what the program asks for", decorator_is_missing),
        because="it ends in AttributeError at its decorator; with that mended, in TypeError where it hands bare "
        "coroutines to asyncio.wait, or since 3.14 in RuntimeError where it asks for a loop",
        correction=Text(
            en="Two tasks under asyncio.run, in a TaskGroup or by gather, say and do what the program was meant to.",
            zh="在 asyncio.run 之下用 TaskGroup 或 gather 运行两个任务，就能得到这段程序原本想要的结果。",
        ),
        references=[
            "https://docs.python.org/3/whatsnew/3.11.html#removed",
            "https://docs.python.org/3/library/asyncio-task.html#task-groups",
        ],
    ),
    needs=[can_fork],
)

PROGRAM = TWO
WITH_A_LOOP = with_a_loop(native(TWO))
MENDED = with_tasks(WITH_A_LOOP)

sleep = asyncio.sleep


def is_as_shown(ran):
    """Tell whether a program said what the document shows, all of it in one thread."""
    lines = [line.partition(" from ") for line in ran.lines]
    words, threads = [words for words, _, _ in lines], {thread for _, _, thread in lines}
    return words == ["good morning"] * 2 + ["good evening"] * 2 and len(threads) == 1 and ran.status == 0


@documents_word()
def test_the_program_says_four_lines(clean_room, evidence):
    """The program with asyncio's decorator and bare coroutines says its four lines, in one thread."""
    assert is_as_shown(ran_shortly(clean_room, PROGRAM).show(evidence, "the program as it was"))


def test_bare_coroutines_are_where_it_ends(clean_room, evidence):
    """With async def and a loop of its own, it ends in TypeError: asyncio.wait takes no bare coroutines."""
    ran = ran_shortly(clean_room, WITH_A_LOOP).show(evidence, "with async def and a loop of its own")

    assert (error_of(ran), ran.output) == ("TypeError", "")


def test_with_tasks_it_says_what_is_shown(clean_room, evidence):
    """With tasks as well, it says the four lines that are shown, all of them in one thread."""
    assert is_as_shown(ran_shortly(clean_room, MENDED).show(evidence, "with async def, a loop and tasks"))


def test_the_modern_form_takes_one_second_for_both(evidence):
    """In a TaskGroup both say hello at once, and hello again after one second of the loop's clock, not two."""
    diary = Diary()

    async def both():
        async with asyncio.TaskGroup() as talks:
            talks.create_task(greet(diary, sleep, "one"))
            talks.create_task(greet(diary, sleep, "two"))

    clockwork.run(both())
    diary.show(evidence, "two coroutines, by the loop's clock")

    assert diary[:2] == [("one hello", 0.0), ("two hello", 0.0)]
    assert sorted(diary[2:]) == [("one hello again", 1.0), ("two hello again", 1.0)]


@saboteur(caught_by=test_the_program_says_four_lines, restores=True)
def runtime_as_it_was(patch):
    """The runtime has the decorator, makes a loop for whoever asks, and waits for bare coroutines."""
    patch.here(PROGRAM=in_the_past(TWO))


@saboteur(caught_by=test_bare_coroutines_are_where_it_ends)
def wait_for_tasks(patch):
    """What the program hands over are tasks."""
    patch.here(WITH_A_LOOP=MENDED)


@saboteur(caught_by=test_with_tasks_it_says_what_is_shown)
def talks_one_after_the_other(patch):
    """The loop runs one task to its end before the other begins."""
    in_turn = MENDED.replacing(
        "talks = [events.create_task(talk()) for _ in range(2)]",
        "talks = [events.create_task(asyncio.sleep(0))]; [events.run_until_complete(talk()) for _ in range(2)]",
    )
    patch.here(MENDED=in_turn)


@saboteur(caught_by=test_the_modern_form_takes_one_second_for_both)
def sleep_that_blocks(patch):
    """Each sleep keeps the thread for its second."""
    patch.here(sleep=blocking)
