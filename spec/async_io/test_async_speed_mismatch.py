"""A processor computes a great deal in the time that one answer takes to come from elsewhere."""

from spec.async_io.messages_sampling import sampled
from spec.async_io.targets import messages_io
from spec.support import Claim, Holds, measured, saboteur
from spec.support.capabilities import can_fork
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="等外部送来一个答复的工夫，处理器能做许许多多步计算。",
    decides={"async.speed-mismatch": 514},
    ruling=Holds(),
    needs=[can_fork],
)

samples = sampled


@measured
def test_an_answer_takes_as_long_as_many_steps(clean_room, evidence):
    """An answer of another process on the same machine takes as long as more than fifty additions."""
    ratios = samples(clean_room, evidence, "an answer and an addition", "µs", messages_io.answer_by_step)

    assert decide(ratios, "additions in the time of an answer", evidence, threshold=50)


@saboteur(caught_by=test_an_answer_takes_as_long_as_many_steps)
def answers_without_a_way(patch):
    """An answer is there as soon as a few numbers are added."""
    patch.here(samples=recorded(4.1, 3.9, 4.0, 4.2, 3.8, 4.0))
