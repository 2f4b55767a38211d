"""Work that computes can be shared out between tasks, and the more there are, the more often they are switched."""

from spec.choosing.targets import workload_tasks
from spec.choosing.workload_sampling import sampled_in
from spec.processes.turn_taking import one_core
from spec.support import Claim, HoldsIf, Text, measured, saboteur
from spec.support.capabilities import can_fork, can_pin
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="计算类的工作也可以分给多个任务去做，任务越多，切换得越频繁。",
    decides={"workload.more-tasks-more-switching": 398},
    ruling=HoldsIf(
        condition="there are more tasks than cores",
        because="as long as each task has a core for itself none has to make room; and a kernel gives a task some "
        "milliseconds at a time, of which a switch is a thousandth, so the switches of a few tasks too many hardly "
        "show in the processor time of the work",
        correction=Text(
            en="A few tasks more than there are cores mean more switches and about the same processor time.",
            zh="任务比核心多出几个，切换次数会变多，但总的处理器时间几乎不变。",
        ),
        references=["https://docs.kernel.org/scheduler/sched-eevdf.html"],
    ),
    needs=[can_fork, can_pin],
)

TASKS = 4
SECONDS = 0.015  # of processor time, all together

samples = sampled_in


@measured
def test_several_tasks_are_switched_more_often(clean_room, evidence):
    """On one core several tasks are put off it more often than one, for as much processor time."""
    title = "several tasks and one task"
    more = samples(clean_room, evidence, title, "times", workload_tasks.more_switches, TASKS, SECONDS, one_core())

    assert decide(more, "switches more than with one task", evidence, threshold=0)


@measured
def test_the_same_work_costs_about_the_same(clean_room, evidence):
    """Shared out between several tasks on one core, work takes less than twice the processor time of one task."""
    title = "several tasks and one task"
    ratios = samples(clean_room, evidence, title, "ms", workload_tasks.dearer_by, TASKS, one_core())

    assert not decide(ratios, "several tasks by one", evidence, threshold=2, unit="times the processor time")


@saboteur(caught_by=test_several_tasks_are_switched_more_often)
def tasks_that_run_to_their_end(patch):
    """A task keeps the core until it has ended."""
    patch.here(samples=recorded(*[-1.0] * 6))


@saboteur(caught_by=test_the_same_work_costs_about_the_same)
def tasks_that_repeat_the_work(patch):
    """Every task does all of the work."""
    patch.here(samples=recorded(*[4.1] * 6))
