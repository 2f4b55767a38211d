"""The program of one coroutine says hello, waits for about a second, and says hello again."""

import asyncio

from spec.async_io import clockwork
from spec.async_io.loop_diary import Diary, beat, blocking, greet
from spec.async_io.loop_samples import (
    ONE,
    decorated,
    decorator_is_missing,
    error_of,
    in_the_past,
    loop_is_given,
    ran_shortly,
    with_a_loop,
)
from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.capabilities import can_fork
from spec.support.rulings import Condition

claim = Claim(
    zh="只有一个协程的那段程序先打招呼，等上大约一秒，再打一次招呼。",
    decides={"asyncio.sample19-output": (639, 654)},
    ruling=Outdated(
        since="3.11",
        condition=Condition("asyncio still marks generators as coroutines", decorator_is_missing),
        because="the program ends in AttributeError at its decorator, before it prints anything; and since 3.14 it "
        "would end in RuntimeError where it asks for a loop that nobody has made",
        correction=Text(
            en="With async def, await and asyncio.run the program does what it was meant to; with types.coroutine and "
            "a new loop even its yield from still works.",
            zh="改用 async def、await 和 asyncio.run，程序便能如愿运行；若用 types.coroutine 并新建循环，"
            "连 yield from 都可以保留。",
        ),
        references=[
            "https://docs.python.org/3/whatsnew/3.11.html#removed",
            "https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.get_event_loop",
        ],
    ),
    needs=[can_fork],
)

PROGRAM = ONE
DECORATED = decorated(ONE)
MENDED = with_a_loop(DECORATED)
SAID = ["good morning", "good evening, None"]

sleep = asyncio.sleep


@documents_word()
def test_the_program_says_both(clean_room, evidence):
    """The program with asyncio's decorator says its two lines."""
    ran = ran_shortly(clean_room, PROGRAM).show(evidence, "the program as it was")

    assert (ran.lines, ran.status) == (SAID, 0)


def test_its_decorator_is_where_it_ends(clean_room, evidence):
    """As it was, the program ends in AttributeError, and has printed nothing."""
    ran = ran_shortly(clean_room, PROGRAM).show(evidence, "the program as it was")

    assert error_of(ran) == "AttributeError"
    assert ran.lines == []


def test_its_loop_is_where_it_ends_next(clean_room, evidence):
    """With its decorator mended, it runs where a loop is still made for it, and ends in RuntimeError where none is."""
    ran = ran_shortly(clean_room, DECORATED).show(evidence, "its decorator mended")

    assert error_of(ran) == ("" if loop_is_given() else "RuntimeError")
    assert ran.lines == (SAID if loop_is_given() else [])


def test_with_a_loop_of_its_own_it_runs(clean_room, evidence):
    """With another decorator and a loop of its own it says both lines, and keeps its yield from."""
    ran = ran_shortly(clean_room, MENDED).show(evidence, "decorator and loop mended")

    assert (ran.lines, ran.status) == (SAID, 0)
    assert "yield from asyncio.sleep" in MENDED.source


def test_the_modern_form_waits_for_exactly_a_second(evidence):
    """Written with async and await, the second line follows the first after exactly a second of the loop's clock."""
    diary = Diary()
    clockwork.run(greet(diary, sleep))
    diary.show(evidence, "one coroutine, by the loop's clock")

    assert diary == [("one hello", 0.0), ("one hello again", 1.0)]


def test_the_loop_is_free_for_that_second(evidence):
    """For the second between the lines the loop is free: a heart beats in it."""
    diary = Diary()

    async def with_a_heart():
        await asyncio.gather(greet(diary, sleep), beat(diary, 3))

    clockwork.run(with_a_heart())
    diary.show(evidence, "one coroutine and a heart, by the loop's clock")

    assert diary.whats == ["one hello", *["heart beat"] * 3, "one hello again"]


@saboteur(caught_by=test_the_program_says_both, restores=True)
def runtime_as_it_was(patch):
    """The runtime has the decorator, and makes a loop for whoever asks."""
    patch.here(PROGRAM=in_the_past(ONE))


@saboteur(caught_by=test_its_decorator_is_where_it_ends)
def decorator_that_is_there(patch):
    """The program finds its decorator."""
    patch.here(PROGRAM=MENDED)


@saboteur(caught_by=test_its_loop_is_where_it_ends_next)
def loop_that_is_broken(patch):
    """The program has a loop of its own, which runs nothing."""
    patch.here(DECORATED=MENDED.replacing("events.run_until_complete(talk())", "talk().close()"))


@saboteur(caught_by=test_with_a_loop_of_its_own_it_runs)
def generator_without_a_mark(patch):
    """The generator bears no mark."""
    patch.here(MENDED=with_a_loop(ONE.replacing("@asyncio.coroutine\n", "")))


@saboteur(caught_by=test_the_modern_form_waits_for_exactly_a_second)
def sleep_that_is_too_long(patch):
    """The sleep lasts for twice its time."""
    patch.here(sleep=lambda seconds: asyncio.sleep(2 * seconds))


@saboteur(caught_by=test_the_loop_is_free_for_that_second)
def sleep_that_blocks(patch):
    """The sleep keeps the thread."""
    patch.here(sleep=blocking)
