"""An asynchronous operation is carried out in a coroutine by yield from, and by nothing else."""

import ast
import asyncio
import types
from functools import partial

from spec.async_io import clockwork
from spec.async_io.loop_operations import in_no_time, operation_of, set_it, timed
from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.outcomes import raised_by
from spec.support.rulings import Condition

DELEGATING = "async def operation():\n    yield from asyncio.sleep(1)\n"
AWAITING = "async def operation():\n    return await asyncio.sleep(1, 'done')\n"


def yield_from_is_the_way():
    """Say why a coroutine cannot do without await; empty where yield from is the language's only way."""
    try:
        ast.parse(AWAITING)
    except SyntaxError:
        return ""
    return "the language has await"


claim = Claim(
    zh="协程里的异步操作只能靠 yield from 来完成。",
    decides={"asyncio.ops-via-yield-from": 714},
    ruling=Outdated(
        since="3.5",
        condition=Condition("yield from is the only way to wait in a coroutine", yield_from_is_the_way),
        because="since 3.5 coroutines are written with async def, in which yield from is a syntax error and await "
        "takes its place; only a generator that is marked by types.coroutine may still delegate so",
        correction=Text(
            en="In an async def, an operation is carried out by await, or by a task that somebody awaits.",
            zh="在 async def 里，异步操作用 await 来完成，或者交给一个 Task，再由别处等待它。",
        ),
        references=[
            "https://peps.python.org/pep-0492/#await-expression",
            "https://docs.python.org/3/reference/expressions.html#await-expression",
        ],
    ),
)

mark, delegated_to, carried_out = types.coroutine, partial(asyncio.sleep, 1), set_it


def delegating_generator():
    """Carry the operation out as before 3.5."""
    return (yield from asyncio.sleep(1, "done"))


@documents_word(ends_in=SyntaxError, match="yield from")
def test_a_coroutine_delegates_by_yield_from():
    """In a coroutine, yield from carries an operation out."""
    assert clockwork.run(timed(operation_of(DELEGATING)())) == (None, 1.0)


def test_a_coroutine_awaits():
    """In a coroutine, await carries an operation out, and hands back its value."""
    assert clockwork.run(timed(operation_of(AWAITING)())) == ("done", 1.0)


def test_a_marked_generator_may_still_delegate():
    """In a generator that types.coroutine has marked, yield from still carries an operation out."""
    assert clockwork.run(timed(mark(delegating_generator)())) == ("done", 1.0)


def test_a_plain_generator_may_not():
    """In a generator without a mark, yield from a coroutine ends in TypeError."""
    operation = delegated_to()

    def generator():
        yield from operation

    error = raised_by(next, generator())
    operation.close()

    assert isinstance(error, TypeError)


def test_a_task_carries_out_what_nobody_awaits_yet():
    """As a task, an operation is carried out before anybody awaits it."""

    async def begun_before():
        task = asyncio.create_task(operation_of(AWAITING)())
        await asyncio.sleep(2)
        return task.done(), await task

    assert clockwork.run(begun_before()) == (True, "done")


def test_an_operation_that_is_only_called_is_not_carried_out(run_async):
    """An operation that is neither awaited nor made a task does nothing."""

    async def only_called():
        flag = asyncio.Event()
        operation = carried_out(flag)
        await asyncio.sleep(0)
        operation.close()
        return flag.is_set()

    assert run_async(only_called()) is False


@saboteur(caught_by=test_a_coroutine_delegates_by_yield_from, restores=True)
def coroutine_as_it_was(patch):
    """The coroutine is a generator with a mark."""
    marked = "@__import__('types').coroutine\n" + DELEGATING.removeprefix("async ")
    patch.here(DELEGATING=marked)


@saboteur(caught_by=test_a_coroutine_awaits)
def operation_that_is_not_awaited(patch):
    """The operation has no wait in it."""
    patch.here(AWAITING="async def operation():\n    return 'done'\n")


@saboteur(caught_by=test_a_marked_generator_may_still_delegate)
def mark_that_spares_the_wait(patch):
    """The marked generator is done before its operation is."""
    patch.here(mark=lambda _: in_no_time)


@saboteur(caught_by=test_a_plain_generator_may_not)
def operation_that_is_a_generator(patch):
    """The operation is a generator, as before 3.5."""
    patch.here(delegated_to=lambda: (step for step in ["done"]))


@saboteur(caught_by=test_a_task_carries_out_what_nobody_awaits_yet)
def operation_that_never_ends(patch):
    """The operation takes longer than anybody looks."""
    patch.here(AWAITING=AWAITING.replace("sleep(1", "sleep(3"))


@saboteur(caught_by=test_an_operation_that_is_only_called_is_not_carried_out)
def operation_that_needs_no_wait(patch):
    """The call carries the operation out."""
    patch.here(carried_out=lambda flag: flag.set() or set_it(flag))
