"""To switch between tasks takes little time, yet it takes some."""

from functools import partial

from spec.choosing.models_costs import sampled
from spec.choosing.targets import switch_costs
from spec.support import Claim, Holds, measured, saboteur
from spec.support.capabilities import can_fork, can_pin, has_threads
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="任务之间的切换用时很短，但总要花一点时间。",
    decides={"switch.costs-time": 392},
    ruling=Holds(),
    needs=[can_fork, can_pin, has_threads],
)

samples = sampled


@measured
def test_hand_over_takes_longer_than_call(clean_room, evidence):
    """A hand-over between two threads of one core takes more than ten times as long as a call of a function."""
    ratios = samples(clean_room, evidence, partial(switch_costs.hand_over_to, "call"), "hand-over", "call")

    assert decide(ratios, "how many calls take as long as a hand-over", evidence, threshold=10)


@measured
def test_hand_over_takes_longer_than_generator(clean_room, evidence):
    """It takes more than five times as long as a switch to a generator, which the kernel has no part in."""
    compare = partial(switch_costs.hand_over_to, "generator")
    ratios = samples(clean_room, evidence, compare, "hand-over", "to a generator and back")

    assert decide(ratios, "how many generator switches take as long as a hand-over", evidence, threshold=5)


def test_hand_over_is_short(clean_room, evidence):
    """A hand-over between two threads of one core can be over in a fraction of a millisecond."""
    taken = clean_room.run(switch_costs.shortest_hand_over)
    evidence.figures("the quickest of many", {"hand-over": (round(taken * 1e6, 2), "µs")})

    assert taken < 0.001


@saboteur(caught_by=test_hand_over_takes_longer_than_call)
def hand_over_at_the_cost_of_a_call(patch):
    """A hand-over takes as long as a call."""
    patch.here(samples=recorded(1.0, 1.1, 0.96, 1.04, 1.0, 0.99))


@saboteur(caught_by=test_hand_over_takes_longer_than_generator)
def hand_over_at_the_cost_of_a_generator(patch):
    """A hand-over takes as long as a switch to a generator."""
    patch.here(samples=recorded(1.0, 1.1, 0.96, 1.04, 1.0, 0.99))


@saboteur(caught_by=test_hand_over_is_short)
def hand_overs_that_take_long(patch):
    """Two milliseconds pass in each hand-over."""
    patch.in_child(switch_costs.hand_overs_that_take_long)
