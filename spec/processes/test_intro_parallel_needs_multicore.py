"""Two tasks run at the same instant only where there is more than one core."""

from spec.processes.targets import turns, turns_broken
from spec.processes.targets.turns import Report, Turn
from spec.processes.turn_taking import one_core, sampled, share_at_once, show_tasks
from spec.support import Claim, Holds, measured_alone, needs, saboteur
from spec.support.capabilities import can_fork, can_pin, has_proc, several_cores
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="只有存在多个核心时，两个任务才可能在同一瞬间真正并行。",
    decides={"intro.parallel-needs-multicore": 15},
    ruling=Holds(),
    needs=[can_fork, has_proc],
)

PARALLEL = 0.5  # of the time that both live: on an idle machine it is nearly all of it
TASKS = 2
SECONDS = 0.025  # of processor time for each task
READ_IN_TURN = 0.98  # a task reads the processor's clock a little before it reads the machine's

SHARED_CORE = [
    Report([Turn(0.000, 0.004, 0), Turn(0.008, 0.012, 0)]),
    Report([Turn(0.004, 0.008, 0), Turn(0.012, 0.016, 0)]),
]

samples = sampled


@measured_alone
@needs(several_cores)
def test_two_tasks_compute_at_the_same_instant(clean_room, evidence):
    """Two computing tasks spend most of their time at the same instants, where several cores are free."""
    shares = samples(clean_room, evidence, share_at_once, 2, 0.05)

    assert decide(shares, "share of the time in which both computed", evidence, threshold=PARALLEL)


@needs(can_pin)
def test_one_core_has_no_more_time_than_passes(clean_room, evidence):
    """Two tasks that are held on one core use no more processor time, together, than passes meanwhile."""
    run = clean_room.run(turns.run_together, TASKS, SECONDS, one_core())
    show_tasks(evidence, "who computed when on the one core", run)
    passed = max(report.turns[-1].end for report in run) - min(report.turns[0].start for report in run)

    assert passed >= TASKS * SECONDS * READ_IN_TURN


@saboteur(caught_by=test_two_tasks_compute_at_the_same_instant)
def tasks_that_take_turns(patch):
    """Each task computes only while the other pauses."""
    patch.here(samples=recorded(*[share_at_once(SHARED_CORE)] * 6))


@saboteur(caught_by=test_one_core_has_no_more_time_than_passes)
def pinning_that_is_ignored(patch):
    """A task runs on any core, whatever it is held to."""
    patch.in_child(turns_broken.computing_at_the_same_instants)
