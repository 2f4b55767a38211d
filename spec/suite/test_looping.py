"""The event loop that an item is handed: what is left in it is a fault, and what is broken about it is caught."""

from __future__ import annotations

import asyncio

import pytest

from spec.suite.looping_claims import LEFT, bodies
from spec.suite.trials import Trial
from spec.support.deadlines import impatience
from spec.support.looping import Loops
from spec.support.outcomes import Overdue


@pytest.fixture(scope="module")
def ran(trial: Trial):
    """Run one claim for each way of leaving something, and some that leave nothing."""
    for line, (name, body) in enumerate(bodies().items(), start=200):
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
