"""A decorator of asyncio marks a generator function, so that a loop takes what it returns for a coroutine."""

import asyncio
import inspect
import sys
import types

from spec.async_io import clockwork
from spec.async_io.loop_samples import decorator_is_missing
from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.rulings import Condition

has_decorator = Condition("asyncio has the decorator `coroutine`", decorator_is_missing)

claim = Claim(
    zh="asyncio 提供一个装饰器，给生成器函数做上标记，事件循环就会把它的返回值当作协程。",
    decides={"asyncio.decorator-marks": 656},
    ruling=Outdated(
        since="3.11",
        condition=has_decorator,
        because="the decorator has been deprecated since 3.8, and was removed in 3.11; and it never changed the type: "
        "what it marked remained a generator, and counted as a coroutine for asyncio alone",
        correction=Text(
            en="Write async def; its call makes a coroutine, which is a type of its own. What must stay a generator is "
            "marked by types.coroutine.",
            zh="请改用 async def，调用它得到的协程是一种独立的类型；必须保留生成器写法时，用 types.coroutine 做标记。",
        ),
        references=[
            "https://docs.python.org/3/whatsnew/3.11.html#removed",
            "https://docs.python.org/3/library/types.html#types.coroutine",
        ],
    ),
)

mark = types.coroutine


def asyncio_decorator():
    """Ask asyncio for its decorator."""
    return asyncio.coroutine


def made_anew():
    """Make a generator function that sleeps for a second; a mark stays on the function that bears it."""

    def pause():
        return (yield from asyncio.sleep(1, "awake"))

    return pause


async def native():
    """Sleep for a second, as a coroutine."""
    return await asyncio.sleep(1, "awake")


async def awaited(thing):
    """Await a thing; return its value and the time that it took, or the exception in which that ends."""
    try:
        return await thing, asyncio.get_running_loop().time()
    except TypeError as error:
        return error


async def as_a_task(thing):
    """Make a task of a thing; return what comes of it, or the type of the exception in which that ends."""
    try:
        return await asyncio.create_task(thing)
    except TypeError as error:
        return type(error)


@documents_word(ends_in=AttributeError, match="coroutine")
def test_asyncio_decorates_generators():
    """A generator function with the decorator of asyncio is awaited like a coroutine."""
    decorated = asyncio_decorator()(made_anew())

    assert clockwork.run(awaited(decorated())) == ("awake", 1.0)


def test_marked_it_is_awaited(evidence):
    """Marked by types.coroutine, the generator is awaited as a coroutine is, and stays a generator."""
    marked = mark(made_anew())()
    flagged = bool(marked.gi_code.co_flags & inspect.CO_ITERABLE_COROUTINE)
    evidence.figures("what types.coroutine marks", {"type": type(marked).__name__, "flagged": flagged})

    assert inspect.isgenerator(marked)
    assert flagged
    assert clockwork.run(awaited(marked)) == ("awake", 1.0)


def test_unmarked_it_is_refused():
    """The same generator without a mark is refused with TypeError where a coroutine awaits it."""
    assert isinstance(clockwork.run(awaited(made_anew()())), TypeError)


def test_no_task_is_made_of_a_marked_generator():
    """A task is made of a marked generator up to 3.11, and since 3.12 of a native coroutine alone."""
    until_3_11 = sys.version_info < (3, 12)

    assert clockwork.run(as_a_task(mark(made_anew())())) == ("awake" if until_3_11 else TypeError)
    assert clockwork.run(as_a_task(native())) == "awake"


def test_async_def_makes_a_type_of_its_own():
    """What async def makes is a coroutine and no generator, with no decorator needed."""
    made = native()

    assert inspect.iscoroutine(made)
    assert not inspect.isgenerator(made)
    assert clockwork.run(awaited(made)) == ("awake", 1.0)


@saboteur(caught_by=test_asyncio_decorates_generators, restores=True)
def decorator_that_is_back(patch):
    """Asyncio offers its decorator again."""
    patch.here(asyncio_decorator=lambda: types.coroutine)


@saboteur(caught_by=test_marked_it_is_awaited)
def mark_that_is_not_seen(patch):
    """The mark leaves the generator as it is."""
    patch.here(mark=lambda function: function)


@saboteur(caught_by=test_unmarked_it_is_refused)
def generator_that_is_marked_already(patch):
    """The generator bears a mark before anybody sets one."""
    marked = types.coroutine(made_anew())
    patch.here(made_anew=lambda: marked)


@saboteur(caught_by=test_no_task_is_made_of_a_marked_generator)
def native_without_a_wait(patch):
    """The native coroutine has another value."""
    patch.here(native=lambda: asyncio.sleep(0, "still awake"))


@saboteur(caught_by=test_async_def_makes_a_type_of_its_own)
def coroutine_that_is_a_generator(patch):
    """What takes the coroutine's place is a generator with a mark."""
    patch.here(native=types.coroutine(lambda: (yield from asyncio.sleep(1, "awake"))))
