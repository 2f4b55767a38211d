"""The event loop that an item is handed: what is left in it is a fault, and what is broken about it is caught."""

from __future__ import annotations

import asyncio

import pytest

from spec.suite.trials import Trial
from spec.support.deadlines import impatience
from spec.support.looping import Loops
from spec.support.outcomes import Overdue

REQUIREMENT = '''
import asyncio

class Backwards(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, context=None):
        handle = super().call_soon(callback, *args, context=context)
        self._ready.rotate()
        return handle

kept = []

{setup}

def test_it(run_async, loop_factory):
    """{{name}} needs a loop."""
    assert THING == "whole"
    run_async(main())
'''

LEFT = {
    "a_task": ("kept.append(asyncio.create_task(asyncio.Event().wait()))", "task <Task pending"),
    "a_generator": ("kept.append(numbers()); await anext(kept[-1])", "asynchronous generator <async"),
    "an_exception": ("await asyncio.wait([asyncio.create_task(failing())])", "LookupError('nobody asked')"),
    "a_callback": ("asyncio.get_running_loop().call_soon(int, 'one'); await asyncio.sleep(0)", "ValueError"),
}

SLOW_TO_GO = "kept.append(asyncio.create_task(asyncio.sleep(0.01)))"
HEARD = "task = asyncio.create_task(failing()); await asyncio.wait([task]); assert task.exception()"

PARTS = """
async def numbers():
    yield 1
    yield 2

async def failing():
    raise LookupError("nobody asked")

async def main():
    {does}
"""

OPEN_LOOP = '''
def test_it(loop_factory):
    """{name} makes a loop."""
    assert THING == "whole"
    test_it.kept = loop_factory()
    test_it.kept.run_until_complete(__import__("asyncio").sleep(0))
'''

NEVER_ENDS = REQUIREMENT.format(setup="async def main(): await asyncio.Event().wait()")

BROKEN_LOOP = (
    REQUIREMENT.format(
        setup="""
async def main():
    order = []
    for n in range(3):
        asyncio.get_running_loop().call_soon(order.append, n)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert order == [0, 1, 2]
"""
    )
    + '''
@saboteur(caught_by=test_it)
def newest_first(patch):
    """The loop runs the newest callback first."""
    patch.loop(Backwards)
'''
)


@pytest.fixture(scope="module")
def ran(trial: Trial):
    """Run one claim for each way of leaving something, and some that leave nothing."""
    doing = {name: does for name, (does, _) in LEFT.items()} | {"slow_to_go": SLOW_TO_GO, "heard": HEARD}
    bodies = {name: REQUIREMENT.format(setup=PARTS.format(does=does)) for name, does in doing.items()}
    bodies |= {"an_open_loop": OPEN_LOOP, "never_ends": NEVER_ENDS, "broken_loop": BROKEN_LOOP}
    for line, (name, body) in enumerate(bodies.items(), start=200):
        trial.claim(name, body, line=line)
    return trial.run("--deadline", "0.3")


def faults_of(ran, claim):
    return [fault["says"] for fault in ran.record["faults"] if f"test_{claim}.py" in fault["where"]]


@pytest.mark.parametrize("left", [*LEFT, "an_open_loop"])
def test_what_is_left_in_a_loop_is_a_fault(ran, left):
    """A task, a generator, a loop or an unheard exception that outlives its requirement is a fault that names it."""
    named = LEFT[left][1] if left in LEFT else "event loop <"
    (says,) = faults_of(ran, left)

    assert says.startswith("left behind: ")
    assert named in says


@pytest.mark.parametrize("claim", ["slow_to_go", "heard", "broken_loop"])
def test_what_ends_or_is_heard_is_no_fault(ran, claim):
    """A task that is only slow to end, an exception that was asked for, and a loop broken on purpose blame nobody."""
    assert ran.verdicts[claim.replace("_", "-")] == "CONFIRMED"
    assert not faults_of(ran, claim)


def test_a_coroutine_that_does_not_end_is_overdue(ran):
    """A coroutine that never ends is cancelled when the deadline passes, and deviates by name."""
    assert ran.verdicts["never-ends"] == "DEVIATES"
    assert "not within 0.3 s: the end of a coroutine" in ran.output


class Hasty(asyncio.SelectorEventLoop):
    """A loop whose timers all fire at once."""

    def call_later(self, delay, callback, *args, context=None):  # noqa: ARG002 - the delay is what it ignores
        """Call as soon as may be."""
        return self.call_soon(callback, *args, context=context)


async def rounds(count):
    """Take some rounds of the loop."""
    for _ in range(count):
        await asyncio.sleep(0)
    return count


async def resisting():
    """Take the end of the time for nothing."""
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        return "done all the same"


def test_a_coroutine_that_makes_light_of_the_deadline_is_overdue():
    """A coroutine that catches its cancellation, and then returns a value, is overdue like any other."""
    with impatience(), pytest.raises(Overdue, match="the end of a coroutine"):
        Loops(asyncio.new_event_loop).run(resisting())


def test_the_deadline_goes_by_the_clock_of_the_machine():
    """A loop whose timers fire at once does not make a coroutine overdue."""
    loops = Loops(Hasty)

    assert loops.run(rounds(100)) == 100
    assert loops.left_behind() == []
