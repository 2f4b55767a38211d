"""A coroutine that sleeps does not keep the thread: the loop goes on to its next round meanwhile."""

import asyncio
import time

from spec.async_io import clockwork
from spec.async_io.loop_diary import Diary, beat, blocking, greet
from spec.support import Claim, Holds, saboteur

claim = Claim(
    zh="协程睡眠时并不占住线程，循环照样进入下一轮。",
    decides={"asyncio.sleep-not-blocking": 658},
    ruling=Holds(),
)

AN_HOUR = 3600.0

sleep = asyncio.sleep


def hearts(asleep):
    """Return what a heart that beats four times a second, and whoever sleeps for one, write into a diary."""
    diary = Diary()

    async def both():
        await asyncio.gather(greet(diary, asleep), beat(diary, 5))

    clockwork.run(both())
    return diary


async def rounds_during_a_sleep():
    """Let one sleep for an hour; return how many rounds this loop has done while it slept."""
    asleep, rounds = asyncio.create_task(sleep(AN_HOUR)), 0
    while not asleep.done() and rounds < 100:
        await asyncio.sleep(0)
        rounds += 1
    asleep.cancel()
    await asyncio.wait([asleep])
    return rounds


def test_a_heart_beats_during_the_sleep(evidence):
    """A heart that beats every quarter of a second beats all through the second for which another coroutine sleeps."""
    diary = hearts(sleep)
    diary.show(evidence, "a sleep of a second and a heart, by the loop's clock")

    begins, ends = diary.index(("one hello", 0.0)), diary.index(("one hello again", 1.0))
    assert diary[begins + 1 : ends][:3] == [("heart beat", at) for at in (0.25, 0.5, 0.75)]
    assert ("heart beat", 1.25) in diary


def test_the_loop_goes_its_rounds_during_an_hour(run_async):
    """While one coroutine sleeps for an hour, the thread takes the loop through a hundred rounds."""
    assert run_async(rounds_during_a_sleep()) == 100


def test_a_call_that_blocks_stops_the_heart(evidence):
    """A call that blocks for a second in its place stops the heart: it beats again when the second is over."""
    diary = hearts(blocking)
    diary.show(evidence, "a call that blocks and a heart, by the loop's clock")

    assert diary[:2] == [("one hello", 0.0), ("one hello again", 1.0)]
    assert min(at for what, at in diary if what == "heart beat") >= 1.0


async def short_and_blocking(_):
    """Keep the thread."""
    time.sleep(0.002)  # noqa: ASYNC251 - that is the point


@saboteur(caught_by=test_a_heart_beats_during_the_sleep)
def sleep_that_blocks_the_loop(patch):
    """The sleep lets nothing else have a turn."""
    patch.here(sleep=blocking)


@saboteur(caught_by=test_the_loop_goes_its_rounds_during_an_hour)
def sleep_that_blocks_the_thread(patch):
    """The sleep is a call that keeps the thread until it is over."""
    patch.here(sleep=short_and_blocking)


@saboteur(caught_by=test_a_call_that_blocks_stops_the_heart)
def call_that_does_not_block(patch):
    """What is said to block leaves the thread to others."""
    patch.here(blocking=asyncio.sleep)
