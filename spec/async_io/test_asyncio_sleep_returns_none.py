"""When a sleep is over, the coroutine that awaits it gets None, and goes on with its next statement."""

import asyncio

from hypothesis.strategies import binary, integers, none

from spec.async_io import clockwork
from spec.async_io.loop_diary import Diary, greet
from spec.support import Claim, Holds, saboteur
from spec.support.properties import for_any

claim = Claim(
    zh="睡眠结束时，等待它的协程得到 None，然后从下一条语句继续。",
    decides={"asyncio.sleep-returns-none": 658, "asyncio.continues-next-line": 658},
    ruling=Holds(),
)

sleep = asyncio.sleep


async def woken_too_early(diary):
    """Cancel a greeting in its sleep; return whether its end says so."""
    task = asyncio.create_task(greet(diary, sleep))
    await asyncio.sleep(0.5)
    task.cancel()
    await asyncio.wait([task])
    diary.note("one ended")
    return task.cancelled()


def test_its_value_is_none(run_async):
    """What comes out of awaiting a sleep is None."""

    async def value_of_a_sleep():
        return await sleep(0)

    assert run_async(value_of_a_sleep()) is None


def test_its_value_is_the_one_that_it_is_given(run_async):
    """Given a value, the sleep hands that very object to whoever awaits it."""

    @for_any(none() | integers() | binary(), examples=10)
    def is_handed_over(value):
        async def value_of_a_sleep():
            return await sleep(0, value)

        assert run_async(value_of_a_sleep()) is value


def test_the_next_statement_follows(evidence):
    """The statement behind the sleep runs when the second is over, and not before."""
    diary = Diary()
    clockwork.run(greet(diary, sleep))
    diary.show(evidence, "a greeting, by the loop's clock")

    assert diary == [("one hello", 0.0), ("one hello again", 1.0)]


def test_a_cancelled_sleep_is_followed_by_nothing():
    """Where a coroutine is cancelled in its sleep, the statement behind it does not run."""
    diary = Diary()
    cancelled = clockwork.run(woken_too_early(diary))

    assert cancelled
    assert diary == [("one hello", 0.0), ("one ended", 0.5)]


async def telling_sleep(seconds, *_):
    """Sleep, and return for how long."""
    await asyncio.sleep(seconds)
    return seconds


async def deaf_sleep(seconds):
    """Sleep, and return when cancelled as if the time were over."""
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        return


@saboteur(caught_by=test_its_value_is_none)
def sleep_that_tells_its_time(patch):
    """The sleep returns the seconds that it took."""
    patch.here(sleep=telling_sleep)


@saboteur(caught_by=test_its_value_is_the_one_that_it_is_given)
def sleep_that_loses_the_value(patch):
    """The sleep returns something else than it was given."""
    patch.here(sleep=telling_sleep)


@saboteur(caught_by=test_the_next_statement_follows)
def sleep_that_is_over_at_once(patch):
    """The sleep takes one round of the loop, however long it is to last."""
    patch.here(sleep=lambda _: asyncio.sleep(0))


@saboteur(caught_by=test_a_cancelled_sleep_is_followed_by_nothing)
def sleep_that_hides_the_cancellation(patch):
    """The sleep ends as if it were over when it is cancelled."""
    patch.here(sleep=deaf_sleep)
