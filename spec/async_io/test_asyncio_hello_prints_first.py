"""A coroutine that is driven by a loop begins with its first statement, and says hello."""

import asyncio

from spec.async_io.loop_broken import BeginsAtOnce
from spec.async_io.loop_diary import Diary, greet
from spec.support import Claim, HoldsIf, Text, saboteur

claim = Claim(
    zh="协程由事件循环驱动起来之后，从第一条语句开始执行，先打个招呼。",
    decides={"asyncio.hello-prints-first": 658},
    ruling=HoldsIf(
        condition="a loop drives the coroutine",
        because="the call alone makes a coroutine and runs none of its body; and a task that is made of it begins in "
        "the next round of the loop, not in the call that makes the task",
        correction=Text(
            en="The call returns a coroutine that has not begun; it says hello once a loop drives it.",
            zh="调用只返回一个尚未开始的协程对象；要等事件循环来驱动，它才会打招呼。",
        ),
        references=["https://docs.python.org/3/library/asyncio-task.html#coroutines"],
    ),
)

greeting = greet


async def driven():
    """Greet in a loop; return what was said."""
    diary = Diary()
    await greeting(diary, sleep=lambda _: asyncio.sleep(0))
    return diary.whats


async def around_a_task():
    """Make a task of the greeting; return what was said when it was made, and when the next round was over."""
    diary = Diary()
    task = asyncio.create_task(greeting(diary, sleep=lambda _: asyncio.Event().wait()))
    at_once = diary.whats
    await asyncio.sleep(0)
    next_round = diary.whats
    task.cancel()
    await asyncio.wait([task])
    return at_once, next_round


def test_the_call_alone_says_nothing():
    """Calling the coroutine function runs none of its statements."""
    said = []
    coroutine = greeting(type("Silent", (), {"note": said.append}))
    coroutine.close()

    assert said == []


def test_it_says_hello_first(run_async):
    """Driven by a loop it says hello before anything else."""
    assert run_async(driven()) == ["one hello", "one hello again"]


def test_a_task_says_hello_in_the_next_round(run_async):
    """Making a task of it says nothing yet; the next round of the loop says hello."""
    at_once, next_round = run_async(around_a_task())

    assert at_once == []
    assert next_round == ["one hello"]


def greeting_that_begins_at_once(diary, **_):
    """Say hello in the call; return the rest as a coroutine."""
    diary.note("one hello")
    return asyncio.sleep(0)


async def greeting_the_wrong_way_round(diary, **_):
    """Say the second line first."""
    diary.note("one hello again")
    diary.note("one hello")


@saboteur(caught_by=test_the_call_alone_says_nothing)
def an_ordinary_function(patch):
    """What is called is an ordinary function, which runs when it is called."""
    patch.here(greeting=greeting_that_begins_at_once)


@saboteur(caught_by=test_it_says_hello_first)
def statements_in_another_order(patch):
    """The second line is said before the first."""
    patch.here(greeting=greeting_the_wrong_way_round)


@saboteur(caught_by=test_a_task_says_hello_in_the_next_round)
def loop_that_begins_tasks_at_once(patch):
    """The loop runs a task to its first stop in the call that makes it."""
    patch.loop(BeginsAtOnce)
