"""Tasks that share one core change places so quickly that an observer takes them to run at once."""

from spec.processes.targets.turns import Report, Turn
from spec.processes.turn_taking import longest_stall, one_core, sampled
from spec.support import Claim, Opinion, measured_alone, saboteur
from spec.support.capabilities import can_fork, can_pin, has_proc
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="共用一个核心的任务换得飞快，旁观者会以为它们同时在跑。",
    decides={"intro.illusion-of-simultaneity": 13},
    ruling=Opinion(
        because="what people perceive cannot be measured here; how long a task stands still can be, and a tenth of a "
        "second is a common measure of what is felt to happen at once"
    ),
    needs=[can_fork, can_pin, has_proc],
)

FELT = 0.1  # seconds
TASKS = 3
LONG_TURNS = [Report([Turn(0, 1, 0), Turn(2, 3, 0)]), Report([Turn(1, 2, 0), Turn(3, 4, 0)])]

samples = sampled


def longest_stall_as_felt(run):
    """Return the longest stall in tenths of a second."""
    return longest_stall(run) / FELT


@measured_alone
def test_no_task_stands_still_noticeably(clean_room, evidence):
    """None of three tasks that share a core stands still for a tenth of a second."""
    stalls = samples(clean_room, evidence, longest_stall_as_felt, TASKS, 0.015, one_core())

    assert not decide(stalls, "longest stall of a task", evidence, threshold=1, unit="× 0.1 s")


@saboteur(caught_by=test_no_task_stands_still_noticeably)
def turns_of_a_second(patch):
    """Every task has the core for a second at a time."""
    patch.here(samples=recorded(*[longest_stall_as_felt(LONG_TURNS)] * 6))
