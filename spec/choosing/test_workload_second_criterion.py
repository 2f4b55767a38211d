"""Whether several tasks at once are a gain depends on the kind of work."""

from spec.choosing.targets import workload_second
from spec.processes.targets import turns, turns_broken
from spec.processes.turn_taking import one_core, show_tasks
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork, can_pin, has_threads

claim = Claim(
    zh="多个任务同时进行有没有好处，要看是哪一类工作。",
    decides={"workload.second-criterion": 396},
    ruling=Holds(),
    needs=[can_fork, has_threads, can_pin],
)

TASKS = 4
SECONDS = 0.008  # of processor time for each task
READ_IN_TURN = 0.98  # a task reads the processor's clock a little before it reads the machine's


def test_waits_overlap_on_one_core(clean_room, evidence):
    """On one core several threads wait at the same time: a peer that waits for all their questions answers them all."""
    answers = clean_room.run(workload_second.answered_together, TASKS, one_core())
    evidence.figures("threads on one core", {"asked": TASKS, "were answered at once": len(answers)})

    assert answers == [b"!"] * TASKS


def test_computing_does_not_overlap_on_one_core(clean_room, evidence):
    """On one core several tasks that compute take no less time than all of them would one after another."""
    run = clean_room.run(turns.run_together, TASKS, SECONDS, one_core())
    show_tasks(evidence, "who computed when on the one core", run)
    passed = max(report.turns[-1].end for report in run) - min(report.turns[0].start for report in run)

    assert passed >= TASKS * SECONDS * READ_IN_TURN


@saboteur(caught_by=test_waits_overlap_on_one_core, hangs=True)
def waits_in_turn(patch):
    """Each thread begins to wait when the one before it is done."""
    patch.in_child(workload_second.one_after_another)


@saboteur(caught_by=test_computing_does_not_overlap_on_one_core)
def work_of_the_other_kind(patch):
    """The tasks get on at the same instants, as if they waited."""
    patch.in_child(turns_broken.computing_at_the_same_instants)
