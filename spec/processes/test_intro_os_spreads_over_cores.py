"""The operating system deals more tasks than there are cores out to all of the cores, unasked."""

import os
from functools import partial

from spec.processes.targets import turns, turns_broken
from spec.processes.targets.turns import Report, Turn
from spec.processes.turn_taking import sampled, share_of_idlest, show_cores, show_tasks, while_all_live
from spec.support import Claim, Holds, measured_alone, saboteur
from spec.support.capabilities import can_fork, can_pin, has_proc, several_cores
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="任务多于核心时，操作系统不用人吩咐，就会把它们分派到各个核心上。",
    decides={"intro.os-spreads-over-cores": 15},
    ruling=Holds(),
    needs=[can_fork, can_pin, has_proc, several_cores],
)

TASKS = 5  # on two cores, so that neither has only one
SECONDS = 0.02  # of processor time for each
SHARE = 0.2  # of all work: half of it is an even share, and nothing that of a core left alone
ON_ONE = [Report([Turn(task, task + 1, 0)]) for task in range(TASKS)]

samples = sampled


def two_cores():
    """Two are enough to choose between, and cost the same on every machine."""
    return sorted(os.sched_getaffinity(0))[-2:]


@measured_alone
def test_every_core_does_a_share_of_the_work(clean_room, evidence):
    """Of five tasks that may use two cores, neither core is left with less than a fifth of the work."""
    cores = two_cores()
    shares = samples(clean_room, evidence, partial(share_of_idlest, cores=cores), TASKS, SECONDS, cores)

    assert decide(shares, "share of the core that did less", evidence, threshold=SHARE)


def test_every_task_has_its_turn(clean_room, evidence):
    """Of five tasks on two cores, each has begun to compute before any is done."""
    run = clean_room.run(turns.run_together, TASKS, SECONDS, two_cores())
    show_cores(evidence, "which task each core served when", run)
    show_tasks(evidence, "the same by task", run)
    all_have_begun, one_has_ended = while_all_live(run)

    assert all_have_begun < one_has_ended


@saboteur(caught_by=test_every_core_does_a_share_of_the_work)
def tasks_that_stay_where_they_were_made(patch):
    """Every task computes on the core of its maker."""
    patch.here(samples=recorded(*[share_of_idlest(ON_ONE, [0, 1])] * 6))


@saboteur(caught_by=test_every_task_has_its_turn)
def first_come_first_served(patch):
    """Each task computes to its end before the next one begins."""
    patch.here(SECONDS=0.001)
    patch.in_child(turns_broken.one_after_another)
