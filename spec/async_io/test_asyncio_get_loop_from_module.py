"""Whoever needs a loop asks the module asyncio, which has one for him, outside of coroutines too."""

import asyncio
import sys
from types import SimpleNamespace

import pytest

from spec.async_io.loop_broken import Careless
from spec.async_io.loop_samples import ASKING, RUNNING, error_of, ran_in, strictly
from spec.support import Claim, Outdated, Text, documents_word, saboteur
from spec.support.capabilities import before, can_fork
from spec.support.outcomes import raised_by
from spec.threads.together import together

claim = Claim(
    zh="需要事件循环时向 asyncio 模块索取即可，即使在协程之外，它也会给出一个。",
    decides={"asyncio.get-loop-from-module": 637},
    ruling=Outdated(
        since="3.14",
        condition=before(3, 14),
        because="outside of coroutines get_event_loop used to make a loop silently, for the main thread alone; 3.12 "
        "began to warn of that by DeprecationWarning, and since 3.14 it raises RuntimeError where no loop was set",
        correction=Text(
            en="Leave the loop to asyncio.run or asyncio.Runner, which make one and close it; inside a coroutine, "
            "get_running_loop answers.",
            zh="把循环交给 asyncio.run 或 asyncio.Runner 去创建和关闭；在协程内部，用 get_running_loop 取得当前循环。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.get_event_loop",
            "https://docs.python.org/3/library/asyncio-runner.html#asyncio.run",
        ],
    ),
    needs=[can_fork],
)

WARNING = strictly(ASKING)

get_loop, get_running = asyncio.get_event_loop, asyncio.get_running_loop
runner = asyncio.Runner
asked_module = asyncio


def error_of_this_version():
    """Return how the question ends where each warning is an error."""
    since_3_12 = "DeprecationWarning" if sys.version_info < (3, 14) else "RuntimeError"
    return since_3_12 if sys.version_info >= (3, 12) else ""


@documents_word()
def test_the_module_has_a_loop_for_whoever_asks(clean_room, evidence):
    """A program that asks for a loop outside of any coroutine is given one, and runs a coroutine in it."""
    ran = ran_in(clean_room, ASKING).show(evidence, "a program that asks for a loop")

    assert (ran.lines, ran.status) == (["ran"], 0)


def test_the_question_is_deprecated_and_then_refused(clean_room, evidence):
    """Where each warning is an error, the question passes up to 3.11, and ends in that of its version since."""
    ran = ran_in(clean_room, WARNING).show(evidence, "a program that asks for a loop, with each warning an error")

    assert error_of(ran) == error_of_this_version()


def test_no_other_thread_is_given_a_loop():
    """A thread other than the main one that asks for a loop gets RuntimeError, on every version."""
    with together(lambda: raised_by(get_loop)) as [asking]:
        assert isinstance(asking.value(), RuntimeError)


@pytest.mark.parametrize("asked", ["get_event_loop", "get_running_loop"])
def test_a_coroutine_is_given_the_loop_that_runs_it(run_async, asked):
    """Inside a coroutine, both questions are answered with the loop that runs it."""

    async def ask():
        return getattr(asked_module, asked)() is asyncio.current_task().get_loop()

    assert run_async(ask())


def test_outside_a_coroutine_no_loop_runs():
    """Outside of any coroutine the question for the running loop ends in RuntimeError."""
    assert isinstance(raised_by(get_running), RuntimeError)


def test_asyncio_run_needs_no_loop(clean_room, evidence):
    """A program that leaves its loop to asyncio.run works without asking for one."""
    ran = ran_in(clean_room, RUNNING).show(evidence, "a program with asyncio.run")

    assert (ran.lines, ran.status) == (["ran"], 0)


def test_a_runner_leaves_nothing_of_its_loop(loop_factory):
    """A Runner cancels the tasks that are left when its block ends, and closes the loop that it made."""
    ended = []

    async def leave_one_behind():
        ended.append(asyncio.ensure_future(asyncio.Event().wait()))
        await asyncio.sleep(0)
        return asyncio.get_running_loop()

    with runner(loop_factory=loop_factory) as running:
        loop = running.run(leave_one_behind())

    assert ended[0].cancelled()
    assert loop.is_closed()


@saboteur(caught_by=test_the_module_has_a_loop_for_whoever_asks, restores=True)
def module_that_makes_loops(patch):
    """The module makes a loop for whoever asks."""
    patch.here(ASKING=ASKING.replacing("get_event_loop", "new_event_loop"))


@saboteur(caught_by=test_the_question_is_deprecated_and_then_refused)
def question_of_another_kind(patch):
    """The question ends in another error."""
    patch.here(WARNING=WARNING.replacing("asyncio.get_event_loop()", "warnings.get_event_loop()"))


@saboteur(caught_by=test_no_other_thread_is_given_a_loop)
def loop_for_everybody(patch):
    """A thread that asks is told of something, whatever it is."""
    patch.here(get_loop=lambda: None)


@saboteur(caught_by=test_outside_a_coroutine_no_loop_runs)
def loop_that_runs_nowhere(patch):
    """Outside of any coroutine the question has an answer."""
    patch.here(get_running=lambda: None)


@saboteur(caught_by=test_a_coroutine_is_given_the_loop_that_runs_it)
def another_loop_than_the_running_one(patch):
    """A coroutine is told of a loop that does not run it."""
    patch.here(asked_module=SimpleNamespace(get_event_loop=object, get_running_loop=object))


@saboteur(caught_by=test_a_runner_leaves_nothing_of_its_loop)
def runner_that_leaves_its_loop_open(patch):
    """The runner neither cancels nor closes."""
    patch.here(runner=Careless)


@saboteur(caught_by=test_asyncio_run_needs_no_loop)
def run_that_wants_a_loop(patch):
    """The program needs a loop to be there already."""
    patch.here(RUNNING=RUNNING.replacing("asyncio.run(job())", "asyncio.get_running_loop()"))
