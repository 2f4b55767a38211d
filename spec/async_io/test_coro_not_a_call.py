"""When one coroutine stops and another goes on, the first is not its caller."""

import asyncio

from spec.async_io.coroutine_calls import callers
from spec.async_io.coroutine_driving import drive
from spec.support import Claim, HoldsIf, Text, saboteur

claim = Claim(
    zh="一个协程停下、另一个接着运行，这不是前者调用了后者。",
    decides={"coro.not-a-call": 549},
    ruling=HoldsIf(
        condition="two that are driven side by side are meant, and the likeness to an interrupt goes no further",
        because="a coroutine that awaits another one is its caller as a function would be; and what stops a coroutine "
        "is its own await, whereas an interrupt comes from outside, at any instruction",
        correction=Text(
            en="To await a coroutine is like a call: the one waits for the other's return. Tasks run side by side, and "
            "none of them is on the other's stack.",
            zh="await 一个协程就像调用：一方等另一方返回。任务则是并排运行的，谁也不在谁的栈上。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-task.html#coroutines",
            "https://docs.python.org/3/reference/expressions.html#await-expression",
        ],
    ),
)


def one_generator(seen):
    yield
    seen.append("one goes on")


def other_generator(seen):
    seen.append(callers())
    yield


def function_that_calls(seen):
    callee(seen)


def callee(seen):
    seen.append(callers())


async def awaiting(seen):
    await awaited(seen)


async def awaited(seen):
    seen.append(callers())


async def one_task(seen, meeting):
    seen.append("one stops")
    await meeting
    seen.append("one goes on")


async def other_task(seen, meeting):
    seen.append(callers())
    meeting.set_result(None)


async def side_by_side(seen):
    """Let one task stop, the other run, and the one go on."""
    meeting = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as group:
        group.create_task(one_task(seen, meeting))
        group.create_task(other_task(seen, meeting))


def test_callee_stands_on_its_caller():
    """A function that is called finds its caller below it on the stack."""
    seen = []
    function_that_calls(seen)

    assert seen[0][:2] == ["callee", "function_that_calls"]


def test_generator_that_goes_on_does_not_stand_on_the_other(evidence):
    """A generator that runs while another is stopped finds the driver below it, and not the other."""
    seen = []
    drive([one_generator(seen), other_generator(seen)], [0, 1, 0])
    evidence.figures("below the second generator", {"of this module": ", ".join(seen[0][1:]) or "nothing"})

    assert seen == [["other_generator"], "one goes on"]


def test_task_does_not_stand_on_the_other(run_async):
    """A task that runs between two steps of another does not find it on its stack."""
    seen = []
    run_async(side_by_side(seen))

    assert seen == ["one stops", ["other_task"], "one goes on"]


def test_awaited_coroutine_stands_on_who_awaits_it(run_async):
    """A coroutine that is awaited by another one does find that below it, as a function finds its caller."""
    seen = []
    run_async(awaiting(seen))

    assert seen[0][:2] == ["awaited", "awaiting"]


@saboteur(caught_by=test_callee_stands_on_its_caller)
def call_that_is_put_off(patch):
    """The function that is to be called runs after its caller has returned."""
    patch.here(function_that_calls=callee)


@saboteur(caught_by=test_generator_that_goes_on_does_not_stand_on_the_other)
def generator_that_drives_the_other(patch):
    """The first generator drives the second, and waits for it."""

    def driving(seen):
        yield from other_generator(seen)
        seen.append("one goes on")

    patch.here(one_generator=driving, drive=lambda driven, _: list(driven[0]))


@saboteur(caught_by=test_task_does_not_stand_on_the_other)
def task_that_awaits_the_other(patch):
    """The first task awaits a run of the second's code before it stops."""

    async def one_task(seen, meeting):
        seen.append("one stops")
        await other_task(seen, asyncio.get_running_loop().create_future())
        await meeting

    patch.here(one_task=one_task)


@saboteur(caught_by=test_awaited_coroutine_stands_on_who_awaits_it)
def await_that_makes_a_task(patch):
    """What is awaited runs as a task of its own."""

    async def awaiting(seen):
        await asyncio.create_task(awaited(seen))

    patch.here(awaiting=awaiting)
