"""Work that consists of computing keeps a core busy for all of its time."""

from spec.choosing.targets import workload
from spec.choosing.workload_kinds import ALL, shares
from spec.support import Claim, Holds, measured, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="以计算为主的工作从头到尾都占着一个核心。",
    decides={"workload.cpu-bound-uses-cpu": 398},
    ruling=Holds(),
    needs=[can_fork, has_threads],
)

DIGITS = "31415926535897932384626433832795028841971693993751"


@measured
def test_computing_pi_wants_a_core_all_the_time(clean_room, evidence):
    """A thread that computes pi has a core, or is in the queue for one, for more than nine tenths of its time."""
    wanted = shares(clean_room, evidence, "computing")

    assert decide(wanted, "share of the time for which it wants a core", evidence, threshold=ALL)


def test_it_is_pi_that_is_computed():
    """What it computes are the first digits of pi."""
    assert str(workload.pi(len(DIGITS) - 1)) == DIGITS


@saboteur(caught_by=test_computing_pi_wants_a_core_all_the_time)
def work_that_rests(patch):
    """The work rests between its steps."""
    patch.here(shares=recorded(*[0.3] * 6))


@saboteur(caught_by=test_it_is_pi_that_is_computed)
def another_number(patch):
    """The series is that of another number."""
    patch.setattr(workload, "arctan_of_inverse", lambda x, one: one // x)
