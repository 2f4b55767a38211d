"""To hand items to a coroutine and back costs a small part of what it costs to hand them to a thread."""

from functools import partial

from spec.async_io import coroutine_costs, coroutine_hand_overs
from spec.support import Claim, HoldsIf, Text, measured, saboteur
from spec.support.capabilities import has_threads
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="把数据递给协程再取回结果，开销只是递给线程的一小部分。",
    decides={"coro.much-faster-than-threads": 580},
    ruling=HoldsIf(
        condition="handing over is what the program does most",
        because="an item costs a call and a jump within the interpreter, and between threads two locks and two "
        "switches of the kernel; but what is computed, or waited for, between the hand-overs takes as long either way",
        correction=Text(
            en="Coroutines make switches cheap, and nothing else: a program that mostly computes or waits for others "
            "is not faster for them.",
            zh="协程只是让切换变便宜：以计算为主、或者以等待别人为主的程序，并不会因此变快。",
        ),
        references=["https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code"],
    ),
    needs=[has_threads],
)

ITEMS = 200
TASKS, STEPS = 5, 20_000

samples = coroutine_costs.sampled


@measured
def test_handing_over_costs_less_than_a_tenth(evidence):
    """An item that goes to a coroutine and back costs less than a tenth of one that goes through a thread's queues."""
    ratios = samples(partial(coroutine_hand_overs.handing_over, ITEMS), evidence, f"{ITEMS} items there and back")

    assert decide(ratios, "threads by coroutines", evidence, threshold=10, unit="times the processor time")


@measured
def test_computing_costs_the_same(loop_factory, evidence):
    """Work that is computed costs threads less than twice the processor time that it costs tasks of a loop."""
    take = partial(coroutine_costs.computing, loop_factory, TASKS, STEPS)
    ratios = samples(take, evidence, f"{TASKS} that compute")

    assert not decide(ratios, "threads by tasks", evidence, threshold=2, unit="times the processor time")


@saboteur(caught_by=test_handing_over_costs_less_than_a_tenth)
def coroutines_with_locks(patch):
    """What is handed to a coroutine goes through queues as well."""
    patch.here(samples=recorded(1.0, 1.1, 0.96, 1.04, 1.0, 0.99))


@saboteur(caught_by=test_computing_costs_the_same)
def tasks_that_compute_faster(patch):
    """A task computes in a tenth of the time."""
    patch.here(samples=recorded(10.0, 10.1, 9.6, 10.4, 10.0, 9.9))
