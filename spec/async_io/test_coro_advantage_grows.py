"""The more there is to wait for, the more processor time coroutines save against threads."""

import time

from spec.async_io import coroutine_costs
from spec.support import Claim, HoldsIf, Text, measured, saboteur
from spec.support.capabilities import has_threads
from spec.support.evidence import Axis, Line, in_ms
from spec.support.measuring import Sample, decide, recorded

claim = Claim(
    zh="要等的事情越多，协程比线程省下的处理器时间就越多。",
    decides={"coro.advantage-grows": 578},
    ruling=HoldsIf(
        condition="the advantage is the difference; the factor between the two does not go on growing with it",
        because="threads and tasks each cost about the same however many there are, so the difference grows with their "
        "number; the factor grows while the price of the loop itself is spread out, and then hardly any more",
        correction=Text(
            en="Each further thread costs some ten to fifty times as much as a further task, be they a hundred or a "
            "thousand; a single wait is not worth a loop.",
            zh="不论是一百个还是一千个，每多一个线程的开销大约都是每多一个任务的十到五十倍；如果只等一件事，用不着事件循环。",
        ),
        references=["https://docs.python.org/3/library/asyncio-task.html#creating-tasks"],
    ),
    needs=[has_threads],
)

ONE, FEW, MANY = 1, 10, 80
BUDGET = 3.0  # seconds


def costs(loop_factory):
    """Return what one wait, few and many cost in threads and in tasks, the least of several for few."""
    return {number: least(loop_factory, number) for number in (ONE, FEW, MANY)}


def least(loop_factory, number):
    """Return the least that so many waits cost."""
    runs = [coroutine_costs.waits(loop_factory, number) for _ in range(1 if number == MANY else 4)]
    return coroutine_costs.Pair(*map(min, zip(*runs, strict=True)))


def samples(loop_factory, evidence, compare):
    """Yield what is made of one run after another, until the budget is spent; show the first."""
    costs(loop_factory)  # so that what is compiled as it runs has been
    give_up, shown = time.monotonic() + BUDGET, False
    while time.monotonic() < give_up:
        run = costs(loop_factory)
        if not shown:
            shown = True
            show(evidence, run)
        yield Sample(compare(run))


def show(evidence, run):
    """Show what threads and tasks cost by their number."""
    lines = [
        Line(kind, [(number, in_ms(getattr(pair, kind))) for number, pair in run.items()])
        for kind in ("threads", "coroutines")
    ]
    evidence.series("waits at the same time: one run", Axis("waits"), Axis("processor time", "ms"), lines)


@measured
def test_difference_grows_with_their_number(loop_factory, evidence):
    """Eight times as many waits save more than three times as much processor time in tasks as against threads."""
    ratios = samples(loop_factory, evidence, lambda run: run[MANY].difference / run[FEW].difference)

    assert decide(ratios, f"saved for {MANY} waits, by what is saved for {FEW}", evidence, threshold=3)


@measured
def test_factor_grows_beyond_one_wait(loop_factory, evidence):
    """The factor between threads and tasks is more than twice as large for many waits as for a single one."""
    ratios = samples(loop_factory, evidence, lambda run: run[MANY].factor / run[ONE].factor)

    assert decide(ratios, f"factor for {MANY} waits, by that for one", evidence, threshold=2)


@measured
def test_factor_does_not_keep_pace(loop_factory, evidence):
    """Eighty times as many waits as one make the factor less than sixty times as large."""
    ratios = samples(loop_factory, evidence, lambda run: run[MANY].factor / run[ONE].factor)

    assert not decide(ratios, f"factor for {MANY} waits, by that for one", evidence, threshold=60)


@saboteur(caught_by=test_difference_grows_with_their_number)
def threads_that_cost_nothing_more(patch):
    """Many threads cost as much as few."""
    patch.here(samples=recorded(*[1.0] * 6))


@saboteur(caught_by=test_factor_grows_beyond_one_wait)
def loop_that_is_there_already(patch):
    """A loop costs nothing to make."""
    patch.here(samples=recorded(*[1.02] * 6))


@saboteur(caught_by=test_factor_does_not_keep_pace)
def tasks_that_cost_nothing(patch):
    """However many tasks there are, they cost as much as one."""
    patch.here(samples=recorded(*[80.2] * 6))
