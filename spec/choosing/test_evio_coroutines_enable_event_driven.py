"""Coroutines make event-driven programs that wait for many things at once at little cost."""

from spec.choosing.targets import workload_waits
from spec.choosing.workload_sampling import sampled_in
from spec.support import Claim, Holds, measured, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="有了协程，写出来的事件驱动程序可以同时等待许多事情，而且开销很小。",
    decides={"evio.coroutines-enable-event-driven": 412},
    ruling=Holds(),
    needs=[can_fork, has_threads],
)

WAITS = 200

samples = sampled_in


def test_a_thousand_coroutines_wait_in_one_thread(clean_room, evidence):
    """A thousand coroutines wait at the same time in one thread, the last of which lets all the others go on."""
    waits = clean_room.run(workload_waits.in_coroutines, 1000)
    evidence.figures(
        "coroutines", {"waited at once": waits.at_once, "threads": waits.threads, "processor time": (waits.used, "s")}
    )

    assert (waits.at_once, waits.threads) == (1000, 1)


@measured
def test_they_cost_less_than_threads(clean_room, evidence):
    """Waiting in as many threads takes more than twice the processor time of waiting in coroutines."""
    ratios = samples(clean_room, evidence, "threads and coroutines", "ms", workload_waits.threads_by_coroutines, WAITS)

    assert decide(ratios, "threads by coroutines", evidence, threshold=2.0, unit="times the processor time")


@saboteur(caught_by=test_a_thousand_coroutines_wait_in_one_thread)
def coroutines_that_never_begin(patch):
    """None of the coroutines is driven."""
    patch.in_child(workload_waits.coroutines_that_never_begin)


@saboteur(caught_by=test_they_cost_less_than_threads)
def coroutines_as_dear_as_threads(patch):
    """A coroutine costs what a thread costs."""
    patch.here(samples=recorded(*[1.05] * 6))
