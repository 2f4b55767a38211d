"""Python's coroutines are objects of a type of their own, which generators are not."""

import asyncio
import sys
import types

import pytest

from spec.async_io import coroutine_kinds
from spec.async_io.coroutine_kinds import awaits, driven, end_as_a_task
from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.capabilities import before
from spec.support.outcomes import raised_by

claim = Claim(
    zh="Python 的协程是一种独立的对象类型，generator 并不是协程。",
    decides={"coro.implemented-by-generator": 584},
    ruling=Outdated(
        since="3.5",
        condition=before(3, 5),
        because="since then what an async function returns is of a type of its own; generators stood in for it until "
        "asyncio took leave of them, with the decorator gone in 3.11 and the last of the tolerance in 3.12",
        correction=Text(
            en="Write `async def` and `await`. The two types stop and go on by the same means, and types.coroutine "
            "makes a generator function whose result can be awaited; asyncio takes coroutines only.",
            zh="请写 `async def` 和 `await`。两种类型暂停与恢复的机理相同，types.coroutine 也能让 generator 函数的结果"
            "可以被 await；但 asyncio 只接受协程。",
        ),
        references=[
            "https://peps.python.org/pep-0492/",
            "https://docs.python.org/3/whatsnew/3.11.html#removed",
            "https://docs.python.org/3/whatsnew/3.12.html#asyncio",
        ],
    ),
)

METHODS = ["send", "throw", "close"]


async def native():
    return "done"


def generator():
    yield
    return "done"


@types.coroutine
def bridged():
    yield
    return "done"


made = coroutine_kinds.made
module = asyncio


@documents_word()
def test_coroutine_is_a_generator():
    """What a coroutine function returns is a generator."""
    assert isinstance(made(native), types.GeneratorType)


def test_coroutine_is_of_its_own_type(evidence):
    """What an async function returns is a coroutine, over which nobody can loop, and which next does not take."""
    it = made(native)
    evidence.figures("types", {"of async def": type(it).__name__, "of a yield": type(made(generator)).__name__})

    assert isinstance(it, types.CoroutineType)
    assert isinstance(raised_by(iter, it), TypeError)
    assert isinstance(raised_by(next, it), TypeError)


@pytest.mark.parametrize("method", METHODS)
def test_both_are_driven_by_the_same_methods(method):
    """Coroutines have the methods by which generators are driven."""
    assert all(callable(getattr(made(function), method)) for function in (native, generator))


def test_generator_cannot_be_awaited():
    """To await a generator ends in TypeError."""
    assert isinstance(raised_by(driven, awaits(generator())), TypeError)


def test_marked_generator_can_be_awaited():
    """What a generator function marked with types.coroutine returns is a generator, yet it can be awaited."""
    assert isinstance(made(bridged), types.GeneratorType)
    assert driven(awaits(bridged())) == "done"


def test_asyncio_makes_no_coroutine_of_a_generator():
    """The decorator by which asyncio once made coroutines of generators is gone."""
    assert not hasattr(module, "coroutine")


def test_asyncio_takes_coroutines_only(run_async, evidence):
    """A loop makes a task of a coroutine, and from 3.12 on it refuses a generator with TypeError."""
    ends = [run_async(end_as_a_task(function())) for function in (native, generator)]
    evidence.figures("as a task", dict(zip(("coroutine", "generator"), ends, strict=True)))

    assert ends == ["done", "done" if sys.version_info < (3, 12) else "TypeError"]


@saboteur(caught_by=test_coroutine_is_a_generator, restores=True)
def coroutines_of_old(patch):
    """The coroutine is a generator that was marked as one."""
    patch.here(native=bridged)


@saboteur(caught_by=test_coroutine_is_of_its_own_type)
def coroutine_made_of_a_generator(patch):
    """The coroutine is a generator that was marked as one."""
    patch.here(native=bridged)


@saboteur(caught_by=test_both_are_driven_by_the_same_methods)
def coroutine_that_is_not_driven(patch):
    """The coroutine has the names of the methods, and nothing behind them."""
    patch.here(native=lambda: types.SimpleNamespace(**dict.fromkeys(METHODS)), made=lambda function: function())


@saboteur(caught_by=test_asyncio_makes_no_coroutine_of_a_generator)
def module_that_has_it_still(patch):
    """The decorator is there, as it was up to 3.10."""
    patch.here(module=types)


@saboteur(caught_by=test_generator_cannot_be_awaited)
def generator_that_is_marked(patch):
    """The generator was marked as a coroutine."""
    patch.here(generator=bridged)


@saboteur(caught_by=test_marked_generator_can_be_awaited)
def mark_that_makes_a_coroutine(patch):
    """The mark makes a native coroutine function of the generator function."""
    patch.here(bridged=native)


@saboteur(caught_by=test_asyncio_takes_coroutines_only)
def loop_that_takes_nothing(patch):
    """What is to be a task is refused, whatever it is."""
    patch.here(native=coroutine_kinds.Refused)
