"""To call a coroutine function runs nothing of it: the call returns an object that somebody else has to drive."""

import asyncio
import inspect

import pytest

from spec.async_io import coroutine_broken
from spec.async_io.coroutine_driving import pause
from spec.support import Claim, Holds, saboteur
from spec.support.outcomes import raised_by

claim = Claim(
    zh="调用协程函数并不会执行它的代码：调用只返回一个对象，要由别人来驱动。",
    decides={"coro.calls-differ": 545},
    ruling=Holds(),
)


def plain(done):
    done.append("ran")


def generator(done):
    done.append("ran")
    yield "halfway"
    done.append("went on")


async def coroutine(done):
    done.append("ran")
    await pause("halfway")
    done.append("went on")


KINDS = {"generator": lambda: generator, "coroutine": lambda: coroutine}


def after_the_call(function, done):
    """Call the function; return what it has done by then, and whether it returned something that can be driven."""
    returned = function(done)
    found = [*done], hasattr(returned, "send")
    if hasattr(returned, "close"):
        returned.close()
    return found


def test_plain_call_has_run_the_body():
    """When the call of a plain function comes back, its body has run."""
    assert after_the_call(plain, []) == (["ran"], False)


@pytest.mark.parametrize("kind", KINDS)
def test_call_runs_nothing(kind, evidence):
    """When the call of a generator or coroutine function comes back, nothing of its body has run."""
    done = []
    found = after_the_call(KINDS[kind](), done)
    evidence.figures("after the call", {"done": str(found[0]), "can be driven": found[1]})

    assert found == ([], True)


@pytest.mark.parametrize("kind", KINDS)
def test_body_runs_as_far_as_it_is_driven(kind):
    """What is sent to the object makes its body run up to where it stops, and the next send makes it go on."""
    done = []
    driven = KINDS[kind]()(done)
    told = driven.send(None)
    halfway = [*done]
    error = raised_by(driven.send, None)

    assert (told, halfway) == ("halfway", ["ran"])
    assert isinstance(error, StopIteration)
    assert done == ["ran", "went on"]


def test_task_runs_the_body_later(run_async):
    """What is made a task of an event loop runs when whoever made it awaits something, and not before."""
    done = []

    async def run():
        done.append("runs")

    async def make():
        task = asyncio.create_task(run())
        done.append("is made")
        await task

    run_async(make())

    assert done == ["is made", "runs"]


def test_coroutine_runs_once():
    """A coroutine object that has come to its end cannot be driven again; the function has to be called again."""
    driven = coroutine([])
    driven.send(None)
    raised_by(driven.send, None)

    assert isinstance(raised_by(driven.send, None), RuntimeError)
    assert inspect.getcoroutinestate(driven) == inspect.CORO_CLOSED


@saboteur(caught_by=test_plain_call_has_run_the_body)
def function_that_is_a_generator(patch):
    """The plain function has a yield in it."""
    patch.here(plain=generator)


@saboteur(caught_by=test_call_runs_nothing)
def coroutine_that_begins_by_itself(patch):
    """The call drives what it returns to its first stop."""

    def begun(function):
        def call(done):
            driven = function(done)
            driven.send(None)
            return driven

        return call

    patch.here(generator=begun(generator), coroutine=begun(coroutine))


@saboteur(caught_by=test_body_runs_as_far_as_it_is_driven)
def body_that_does_all_at_once(patch):
    """All of the work is done when the body first stops."""

    def hasty(done):
        done += ["ran", "went on"]
        yield "halfway"

    patch.here(generator=hasty, coroutine=hasty)


@saboteur(caught_by=test_task_runs_the_body_later)
def loop_that_runs_at_once(patch):
    """The loop runs a coroutine before it makes a task of it."""
    patch.loop(coroutine_broken.EagerLoop)


@saboteur(caught_by=test_coroutine_runs_once)
def coroutine_that_begins_again(patch):
    """Driven to its end, it begins anew."""

    class Again:
        def send(self, value):
            return value

    patch.here(coroutine=lambda _: Again())
