"""A coroutine stops in the middle, lets others run, and goes on from there with all that it had."""

import asyncio

import pytest
from hypothesis.strategies import integers, lists

from spec.async_io import coroutine_counts, loop_broken
from spec.async_io.coroutine_counts import MEMBERS, STEPS, model
from spec.async_io.coroutine_driving import drive, pause
from spec.support import Claim, Holds, saboteur
from spec.support.properties import for_any

claim = Claim(
    zh="协程能停在半路，让别的代码先运行，之后带着自己原有的一切从原处继续。",
    decides={"coro.suspend-resume": 547},
    ruling=Holds(),
)


def counting_generator(name, log):
    """Count in a local variable, with a stop after each step."""
    count = 0
    while count < STEPS:
        count += 1
        log.append((name, count))
        yield


async def counting_coroutine(name, log):
    """Count in a local variable, and in that of a call within this call, with a stop after each step."""
    count = 0
    while count < STEPS:
        count += 1
        log.append((name, count))
        await stop()


async def stop():
    """Stop two calls deep."""
    await pause()


KINDS = {"generators": lambda: counting_generator, "coroutines": lambda: counting_coroutine}


def in_between(started, other, log):
    """Let one begin, run another piece of code to its end, and let the first go on."""
    next(started)
    other(log)
    next(started)


def whole_function(log):
    log.append("another function")


@pytest.mark.parametrize("kind", KINDS)
def test_two_take_turns_and_keep_their_counts(kind, evidence):
    """Two that are driven in turn run alternately, each going on with its own count."""
    log = []
    drive([KINDS[kind]()(name, log) for name in (0, 1)], [0, 1] * STEPS)
    evidence.transcript(f"two {kind}", "who counts what", "\n".join(f"{'ab'[n]}: {count}" for n, count in log), "")

    assert log == [(name, count) for count in range(1, STEPS + 1) for name in (0, 1)]


@pytest.mark.parametrize("kind", KINDS)
def test_any_order_of_turns_keeps_every_count(kind):
    """In whatever order they are let go on, each goes on where it stopped, with the count that it had."""

    @for_any(lists(integers(0, MEMBERS - 1), max_size=10), examples=20)
    def goes_on(turns):
        log = []
        drive([KINDS[kind]()(name, log) for name in range(MEMBERS)], turns)

        assert log == model(turns)


def test_another_function_runs_in_between():
    """Between two steps of one that has stopped, another function runs from its beginning to its end."""
    log = []
    in_between(counting_generator("a", log), whole_function, log)

    assert log == [("a", 1), "another function", ("a", 2)]


def test_task_goes_on_at_the_proper_time(run_async):
    """A task that waits goes on, with what it had, when what it waits for is there, and others run until then."""
    log = []

    async def wait_for(found):
        own = "its own variable"
        log.append("waits")
        log.append(f"goes on with {own} and {await found}")

    async def provide():
        found = asyncio.get_running_loop().create_future()
        waiting = asyncio.create_task(wait_for(found))
        await asyncio.sleep(0)
        log.append("another provides")
        found.set_result("what came")
        await waiting

    run_async(provide())

    assert log == ["waits", "another provides", "goes on with its own variable and what came"]


@saboteur(caught_by=test_two_take_turns_and_keep_their_counts)
def count_that_all_share(patch):
    """The count is one for all."""
    counting = coroutine_counts.with_one_count()
    patch.here(counting_generator=counting, counting_coroutine=counting)


@saboteur(caught_by=test_any_order_of_turns_keeps_every_count)
def count_that_begins_again(patch):
    """Each time it is let go on it begins at its beginning."""
    patch.here(counting_generator=coroutine_counts.Anew, counting_coroutine=coroutine_counts.Anew)


@saboteur(caught_by=test_another_function_runs_in_between)
def generator_that_does_not_stop(patch):
    """All steps are made before the first stop."""
    patch.here(counting_generator=coroutine_counts.without_stop)


@saboteur(caught_by=test_task_goes_on_at_the_proper_time)
def loop_that_forgets_what_waits(patch):
    """The loop runs the newest callback first, so that the one who provides is not kept waiting."""
    patch.loop(loop_broken.NewestFirst)
