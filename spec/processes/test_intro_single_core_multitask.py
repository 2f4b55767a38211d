"""One core serves several computing tasks: it is handed from one to the other, over and over, until they are done."""

from collections import Counter

from spec.processes.targets import turns, turns_broken
from spec.processes.turn_taking import one_core, show_tasks, stretches, while_all_live
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork, can_pin, has_proc

claim = Claim(
    zh="一个核心也能应付多个计算任务：它在任务之间反复易手，直到各个任务都算完。",
    decides={"intro.single-core-multitask": 11, "intro.time-slicing-alternates": 13},
    ruling=Holds(),
    needs=[can_fork, can_pin, has_proc],
)

TASKS = 2
SECONDS = 0.025  # of processor time for each task: a dozen turns or so, and on any kernel more than two


def run_on_one_core(clean_room, evidence):
    """Run the tasks on one core, and draw who had it when."""
    run = clean_room.run(turns.run_together, TASKS, SECONDS, one_core())
    show_tasks(evidence, "who computed when on the one core", run)
    return run


def test_turns_alternate(clean_room, evidence):
    """Two computing tasks on one core have it in turns, several times each, and both begin before either is done."""
    run = run_on_one_core(clean_room, evidence)
    all_have_begun, one_has_ended = while_all_live(run)
    order = [stretch.task for stretch in stretches(run)]

    assert all_have_begun < one_has_ended
    assert min(Counter(order)[task] for task in range(TASKS)) >= 2


def test_core_is_taken_away_not_given_up(clean_room, evidence):
    """A computing task loses the core because the kernel takes it away, not because the task gives it up."""
    run = run_on_one_core(clean_room, evidence)
    taken = {f"taken from task {number}": report.preempted for number, report in enumerate(run, 1)}
    given = {f"given up by task {number}": report.gave_up for number, report in enumerate(run, 1)}
    evidence.figures("how often the core was", taken | given)

    assert all(report.preempted > report.gave_up for report in run)


@saboteur(caught_by=test_turns_alternate)
def core_that_is_never_taken_away(patch):
    """A task that has the core keeps it until it is done."""
    patch.here(SECONDS=0.001)
    patch.in_child(turns_broken.one_after_another)


@saboteur(caught_by=test_core_is_taken_away_not_given_up)
def tasks_that_yield(patch):
    """Each task sleeps a little after every step."""
    patch.here(SECONDS=0.0005)
    patch.in_child(turns_broken.steps_that_pause)
