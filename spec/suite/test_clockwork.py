"""A loop on our clock: time passes only where nothing is left to do, and then by as much as a timer asks for."""

from __future__ import annotations

import asyncio
import socket
import time

import pytest
from hypothesis.strategies import integers, lists

from spec.async_io import clockwork
from spec.async_io.clockwork import Clockwork
from spec.support.deadlines import impatience
from spec.support.outcomes import Overdue
from spec.support.properties import for_any


async def asleep_until_the_ends_of(*seconds):
    """Sleep for several times at once; return when each sleep ended, in the order of their ends."""
    loop, ended = asyncio.get_running_loop(), []

    async def sleep(duration):
        await asyncio.sleep(duration)
        ended.append(loop.time())

    await asyncio.gather(*map(sleep, seconds))
    return ended


def test_a_sleep_takes_exactly_its_time_and_none_of_ours():
    """A day of sleep is a day by the loop's clock, and no time by ours."""
    began = time.monotonic()

    assert clockwork.run(asleep_until_the_ends_of(86400.0)) == [86400.0]
    assert time.monotonic() - began < 10


def test_any_sleeps_end_in_their_order_and_on_time():
    """Whatever sleeps begin together, each ends at its time, and the shorter ones first."""

    @for_any(lists(integers(0, 10_000).map(float), max_size=8))
    def end_on_time(seconds):
        assert clockwork.run(asleep_until_the_ends_of(*seconds)) == sorted(seconds)


def test_the_clock_stands_while_there_is_something_to_do():
    """A thousand rounds of the loop, each of which gives it another callback, take no time."""

    async def rounds():
        asleep = asyncio.ensure_future(asyncio.sleep(1))
        for _ in range(1000):
            await asyncio.sleep(0)
        passed = asyncio.get_running_loop().time()
        await asleep
        return passed

    assert clockwork.run(rounds()) == 0.0


def test_the_clock_stands_while_a_descriptor_is_ready():
    """What can be read is read before any time passes, even where a timer waits."""

    async def read():
        ours, theirs = socket.socketpair()
        with theirs, ours:
            ours.setblocking(False)  # noqa: FBT003 - as it is called
            theirs.send(b"now")
            loop = asyncio.get_running_loop()
            return await asyncio.wait_for(loop.sock_recv(ours, 10), 1), loop.time()

    assert clockwork.run(read()) == (b"now", 0.0)


def test_a_timeout_ends_at_its_time():
    """What waits for nothing with a timeout is told so at the time."""

    async def wait():
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), 2.5)
        return asyncio.get_running_loop().time()

    assert clockwork.run(wait()) == 2.5


def test_a_block_passes_time_in_which_nothing_happens():
    """A timer that ends while the loop is blocked fires when the block is over."""

    async def block():
        loop = asyncio.get_running_loop()
        due = asyncio.ensure_future(asleep_until_the_ends_of(1.0))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        loop.block(3.0)
        return await due

    assert clockwork.run(block()) == [3.0]


def test_what_another_thread_brings_is_waited_for():
    """Where no timer is left, the loop waits for what a thread will bring."""

    async def ask():
        return await asyncio.to_thread(lambda: "brought")

    assert clockwork.run(ask()) == "brought"


def test_a_standstill_is_overdue():
    """A loop in which nothing can happen any more ends by the deadline, instead of hanging."""

    async def stand():
        await asyncio.Event().wait()

    with impatience(), pytest.raises(Overdue, match="anything for the loop to do"):
        clockwork.run(stand())


def test_each_loop_has_a_clock_of_its_own():
    """Every loop begins at 0, whatever time has passed in another."""
    clockwork.run(asyncio.sleep(5))
    loop = Clockwork()
    now = loop.time()
    loop.close()

    assert now == 0.0
