"""How fast code is decides how long computing takes, and hardly how long waiting takes."""

from spec.choosing.targets import workload_clumsy
from spec.choosing.workload_sampling import sampled_in
from spec.support import Claim, Holds, measured, saboteur
from spec.support.capabilities import can_fork
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="代码快不快，决定了计算要花多久；对等待要花多久，却几乎没有影响。",
    decides={"workload.efficiency-matters": 400},
    ruling=Holds(),
    needs=[can_fork],
)

TITLE = "clumsy code and good code"


@measured
def test_clumsy_code_computes_for_longer(clean_room, evidence):
    """Code that takes ten times as many steps computes for more than four times as long."""
    ratios = sampled_in(clean_room, evidence, TITLE, "ms", workload_clumsy.computing)

    assert decide(ratios, "clumsy code by good code", evidence, threshold=4, unit="times the processor time")


@measured
def test_clumsy_code_waits_no_longer(clean_room, evidence):
    """Beside the wait for an answer of some milliseconds the same ten times as many steps make no great difference."""
    ratios = sampled_in(clean_room, evidence, TITLE, "ms", workload_clumsy.waiting)

    assert not decide(ratios, "clumsy code by good code", evidence, threshold=2, unit="times the time")


@saboteur(caught_by=test_clumsy_code_computes_for_longer)
def code_that_is_as_good(patch):
    """The clumsy code takes as few steps as the other."""
    patch.here(sampled_in=recorded(*[1.0] * 6))


@saboteur(caught_by=test_clumsy_code_waits_no_longer)
def waiting_that_is_none(patch):
    """The answers are there at once, so that the steps are all there is."""
    patch.here(sampled_in=recorded(*[9.8] * 6))
