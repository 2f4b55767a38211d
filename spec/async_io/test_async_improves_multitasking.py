"""Tasks that mostly wait are done sooner by far when one event loop waits for all of them; computing ones are not."""

import asyncio

from spec.async_io import clockwork
from spec.support import Claim, HoldsIf, Text, saboteur

claim = Claim(
    zh="大部分时间在等待的任务，由一个事件循环一并等待，完成得快得多；计算型任务则不会变快。",
    decides={"async.improves-multitasking": 533},
    ruling=HoldsIf(
        condition="the tasks wait most of the time, and the comparison is with one after the other",
        because="waits that overlap take as long as the longest of them, not as long as all together; computing "
        "takes turns in the one thread. A few dozen threads overlap their waits just as well: against them it is the "
        "cost of each task that is lower, which counts when there are thousands",
        correction=Text(
            en="Asynchronous code multiplies how many waits a program gets through; it does nothing for computing, "
            "and against threads it gains in cost rather than in time.",
            zh="异步代码能成倍增加程序同时承担的等待；对计算毫无帮助。与多线程相比，它省的主要是开销，而不是时间。",
        ),
        references=["https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code"],
    ),
)

TASKS = 200


async def wait():
    await asyncio.sleep(1)


async def compute():
    asyncio.get_running_loop().block(1)


async def at_once(task):
    await asyncio.gather(*[task() for _ in range(TASKS)])


async def in_turn(task):
    for _ in range(TASKS):
        await task()


def seconds(how, task):
    """Return how long it takes by the clock of a loop that stands still while there is something to do."""

    async def took():
        await how(task)
        return asyncio.get_running_loop().time()

    return clockwork.run(took())


def test_waits_overlap(evidence):
    """Two hundred waits of a second each take a second in an event loop, and two hundred one after the other."""
    together, one_by_one = seconds(at_once, wait), seconds(in_turn, wait)
    evidence.figures("two hundred waits", {"in a loop": (together, "s"), "one by one": (one_by_one, "s")})

    assert (together, round(one_by_one)) == (1, TASKS)


def test_computing_takes_turns(evidence):
    """Two hundred tasks that compute for a second each take two hundred seconds, in an event loop as well."""
    together, one_by_one = seconds(at_once, compute), seconds(in_turn, compute)
    evidence.figures("two hundred computations", {"in a loop": (together, "s"), "one by one": (one_by_one, "s")})

    assert (together, one_by_one) == (TASKS, TASKS)


@saboteur(caught_by=test_waits_overlap)
def wait_that_blocks(patch):
    """Each task waits in a call that blocks the thread."""
    patch.here(wait=compute)


@saboteur(caught_by=test_computing_takes_turns)
def computing_elsewhere(patch):
    """The computing needs no turn in the thread."""
    patch.here(compute=wait)
