"""While one handler takes long, nothing else of its program is handled, and the program seems to have died."""

import asyncio
import logging
import threading
from contextlib import contextmanager

from concurrency_lib.message_loop import MessageLoop
from spec.async_io import clockwork, messages_broken, messages_running
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline, happens_in_a_while, wait_until
from spec.support.evidence import Event, Lane, in_ms
from spec.threads.together import together

claim = Claim(
    zh="一个处理函数久久不返回，程序里别的消息就都得不到处理，看上去像是死掉了。",
    decides={"async.slow-handler-freezes": 529},
    ruling=Holds(),
)

TICK, LONG = 0.125, 1.0  # seconds, of which sums are exact

Handled = MessageLoop


@needs(has_threads)
def test_messages_lie_while_a_handler_is_busy():
    """Messages posted while a handler is busy are handled when it has returned, and none of them before."""
    keys, is_busy, may_return = [], threading.Event(), threading.Event()

    def be_busy():
        is_busy.set()
        may_return.wait(deadline())

    with Handled(slow=lambda *_: None) as loop, messages_running.in_time(loop):
        loop.on("long task", be_busy)
        loop.on("key", keys.append)
        with together(loop.run, at_end=lambda: (may_return.set(), loop.stop())):
            loop.post("long task")
            wait_until(is_busy.is_set, "the long task")
            for key in "help":
                loop.post("key", key)
            meanwhile = happens_in_a_while(lambda: keys)
            may_return.set()
            wait_until(lambda: len(keys) == len("help"), "the keys")

    assert not meanwhile
    assert keys == [*"help"]


async def block():
    asyncio.get_running_loop().block(LONG)


async def wait():
    await asyncio.sleep(LONG)


async def beats_beside(task):
    """Return when a heart beats, by the clock of the loop, from the beginning of a task to its end."""
    beats, doing = [], asyncio.create_task(task())
    while not doing.done():
        await asyncio.sleep(TICK)
        beats.append(asyncio.get_running_loop().time())
    return beats


def test_a_heart_stops_beside_a_call_that_blocks(evidence):
    """A task that is to go on eight times a second does so beside one that waits, and not beside one that blocks."""
    blocked, waited = clockwork.run(beats_beside(block)), clockwork.run(beats_beside(wait))
    lanes = {"beside a task that blocks": blocked, "beside a task that waits": waited}
    evidence.timeline(
        "a task that goes on eight times a second",
        [Lane(name, events=[Event("beats", in_ms(at)) for at in beats]) for name, beats in lanes.items()],
        "ms",
    )

    assert blocked == [LONG]
    assert waited == [TICK * number for number in range(1, 9)]


@contextmanager
def heard_of(name):
    """Yield a list of what the logger of that name is told, which nobody else hears."""
    told, logger = [], logging.getLogger(name)
    listener = logging.Handler()
    listener.emit = lambda record: told.append(record.getMessage())
    logger.addHandler(listener)
    try:
        yield told
    finally:
        logger.removeHandler(listener)


async def block_under_debugging():
    asyncio.get_running_loop().set_debug(True)
    await asyncio.sleep(0)
    await block()


def test_debug_mode_tells_which_task_blocked(evidence):
    """In debug mode asyncio tells of a task that held the loop up, by its name and for how long."""
    with heard_of("asyncio") as told:
        clockwork.run(block_under_debugging())
    evidence.figures("what asyncio tells", {f"{at}.": what for at, what in enumerate(told, 1)})

    assert any("block_under_debugging" in what and "took 1.000 seconds" in what for what in told)


@saboteur(caught_by=test_messages_lie_while_a_handler_is_busy)
def handlers_beside_each_other(patch):
    """A message that comes while a handler is busy is handled by whoever posts it."""
    patch.here(Handled=messages_broken.Impatient)


@saboteur(caught_by=test_a_heart_stops_beside_a_call_that_blocks)
def call_that_blocks_nobody(patch):
    """The call that is to block waits in a way that lets others go on."""
    patch.here(block=wait)


@saboteur(caught_by=test_debug_mode_tells_which_task_blocked)
def debugging_that_is_off(patch):
    """Debug mode is never turned on."""
    patch.here(block_under_debugging=block)
