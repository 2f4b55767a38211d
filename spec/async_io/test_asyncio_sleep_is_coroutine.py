"""asyncio.sleep is a coroutine function: its call returns a coroutine, and sleeps only where that is awaited."""

import asyncio
import inspect
import time
import types

from spec.async_io import clockwork
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.outcomes import raised_by

claim = Claim(
    zh="asyncio.sleep 是协程函数：调用它得到一个协程，等待这个协程时才会睡眠。",
    decides={"asyncio.sleep-is-coroutine": 658},
    ruling=HoldsIf(
        condition="a coroutine is what async def makes, and not a generator",
        because="the document calls what yield from delegates to another generator, and the sleep one more of them; "
        "it is none: it cannot be iterated, and a plain generator may not delegate to it",
        correction=Text(
            en="The sleep is a native coroutine: await it in an async def.",
            zh="sleep 是原生协程：请在 async def 里用 await 等待它。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-task.html#asyncio.sleep",
            "https://peps.python.org/pep-0492/#differences-from-generators",
        ],
    ),
)

sleep = asyncio.sleep


def called():
    """Call the sleep; return what that makes, which has been closed."""
    made = sleep(1)
    made.close()
    return made


def generator_over(coroutine):
    """Delegate to a coroutine from a plain generator."""
    yield from coroutine


def test_it_is_a_coroutine_function(evidence):
    """The sleep is a coroutine function, and a call of it makes a coroutine."""
    evidence.figures("types", {"asyncio.sleep(1)": type(called()).__name__, "time.sleep(0)": repr(time.sleep(0))})

    assert inspect.iscoroutinefunction(sleep)
    assert inspect.iscoroutine(called())


def test_it_is_no_generator():
    """What the call makes is no generator, and cannot be iterated."""
    made = called()

    assert not inspect.isgenerator(made)
    assert isinstance(raised_by(iter, made), TypeError)


def test_a_plain_generator_cannot_delegate_to_it():
    """A plain generator that delegates to the sleep ends in TypeError."""
    made = sleep(1)
    error = raised_by(next, generator_over(made))
    made.close()

    assert isinstance(error, TypeError)


def test_it_sleeps_where_it_is_awaited():
    """The second begins where the coroutine is awaited, not where the sleep is called."""

    async def await_later():
        loop = asyncio.get_running_loop()
        made = sleep(1)
        await asyncio.sleep(2)
        await made
        return loop.time()

    assert clockwork.run(await_later()) == 3.0


@types.coroutine
def generator_that_sleeps(seconds):
    """Sleep as a generator that is marked as a coroutine."""
    yield from asyncio.sleep(seconds)


def sleep_from_now(seconds):
    """Begin to sleep in the call."""
    return asyncio.ensure_future(asyncio.sleep(seconds))


@saboteur(caught_by=test_it_is_a_coroutine_function)
def sleep_of_another_kind(patch):
    """The sleep is a generator function that is marked as a coroutine."""
    patch.here(sleep=generator_that_sleeps)


@saboteur(caught_by=test_it_is_no_generator)
def sleep_that_is_a_generator(patch):
    """What the call makes is a generator."""
    patch.here(sleep=generator_that_sleeps)


@saboteur(caught_by=test_a_plain_generator_cannot_delegate_to_it)
def sleep_open_to_generators(patch):
    """A plain generator may delegate to what the call makes."""
    patch.here(sleep=lambda _: (each for each in [None]))


@saboteur(caught_by=test_it_sleeps_where_it_is_awaited)
def sleep_that_begins_in_the_call(patch):
    """The time runs from the call on."""
    patch.here(sleep=sleep_from_now)
