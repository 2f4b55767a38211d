"""The more tasks wait at once the more gets done, until the core is busy for all of the time."""

from math import isnan

from spec.choosing.targets import workload_tasks
from spec.choosing.workload_sampling import sampled_in
from spec.support import Claim, Holds, measured, saboteur
from spec.support.capabilities import can_fork
from spec.support.evidence import Axis, Line
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="同时等待的任务越多，完成的事情就越多，直到核心再也没有空闲为止。",
    decides={"workload.more-tasks-better-until-limit": 402},
    ruling=Holds(),
    needs=[can_fork],
)

SECONDS = 0.012
TASKS = [1, 4, 16, 64, 256, 1024]


def show_curve(clean_room, evidence):
    """Show how much gets done, and how busy the core is, with more and more tasks."""
    seen = {tasks: clean_room.run(workload_tasks.waits_a_second, tasks, SECONDS) for tasks in TASKS}
    waits = Line("waits that end", [(tasks, round(waits)) for tasks, (waits, _) in seen.items()])
    busy = Line("busy", [(tasks, round(100 * share)) for tasks, (_, share) in seen.items() if not isnan(share)])
    evidence.series("work done by one event loop", Axis("tasks"), Axis("waits", "a second"), [waits])
    evidence.series("the core of the event loop", Axis("tasks"), Axis("busy", "%"), [busy])


@measured
def test_sixteen_tasks_get_more_done_than_one(clean_room, evidence):
    """Sixteen tasks that wait in one event loop get more than four times as much done as one."""
    show_curve(clean_room, evidence)
    title = "sixteen tasks and one task"
    ratios = sampled_in(clean_room, evidence, title, "waits a second", workload_tasks.more_waits, 16, 1, SECONDS)

    assert decide(ratios, "sixteen tasks by one", evidence, threshold=4, unit="times the waits")


@measured
def test_two_thousand_tasks_leave_the_core_no_time(clean_room, evidence):
    """Two thousand such tasks leave the core idle for less than a fifth of the time: there is no room for more."""
    title = "with two thousand tasks and with one task"
    shares = sampled_in(clean_room, evidence, title, "% idle", workload_tasks.spare_time, 2000, 1, SECONDS)

    assert not decide(shares, "idle with two thousand tasks", evidence, threshold=0.2, unit="of the time")


@saboteur(caught_by=test_sixteen_tasks_get_more_done_than_one)
def tasks_that_wait_in_turn(patch):
    """Each wait keeps all others waiting."""
    patch.here(sampled_in=recorded(*[1.01] * 6), show_curve=lambda *_: None)


@saboteur(caught_by=test_two_thousand_tasks_leave_the_core_no_time)
def core_without_a_limit(patch):
    """The core is as idle with any number of tasks as with one."""
    patch.here(sampled_in=recorded(*[0.95] * 6))
