"""Few processes are little work for the scheduler of the operating system."""

from spec.choosing.targets import serving_ready
from spec.choosing.workload_sampling import sampled_in
from spec.support import Claim, Opinion, measured, saboteur
from spec.support.capabilities import can_fork
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="进程数量少，操作系统调度起来就轻松。",
    decides={"evio.few-processes-efficient": 410},
    ruling=Opinion(
        because="what a scheduler does is not seen from a program, and processes that sleep cost it next to nothing; "
        "what can be counted is how often the processes of a server are switched for the same requests",
    ),
    needs=[can_fork],
)

REQUESTS = 5

samples = sampled_in


@measured
def test_a_process_each_is_switched_more_often(clean_room, evidence):
    """A process for each connection takes more switches between processes than an event loop, for the same requests."""
    title = "switches with a process each and switches with one loop"
    ratios = samples(clean_room, evidence, title, "a request", serving_ready.switches_of_both, REQUESTS)

    assert decide(ratios, "a process each by one loop", evidence, threshold=1.0, unit="times the switches")


@saboteur(caught_by=test_a_process_each_is_switched_more_often)
def loop_that_is_switched_as_often(patch):
    """The event loop is switched somewhat more often than the processes."""
    patch.here(samples=recorded(*[0.9] * 6))
