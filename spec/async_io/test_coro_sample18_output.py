"""A program whose producer sends five items to a consumer prints fifteen lines: each item sent, taken and answered."""

from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.programs import run, sample

claim = Claim(
    zh="生产者向消费者依次发送五个数据的程序一共打印十五行：每个数据各三行，发送、接收、答复。",
    decides={"coro.sample18-output": (594, 621)},
    ruling=Holds(),
    needs=[can_start_programs],
)

PROGRAM = sample(__file__, "generator_orders")
FIFTEEN = [
    line.format(order)
    for order in range(1, 6)
    for line in ("shop: sends order {0}", "kitchen: takes order {0}", "shop: order {0} is served")
]


def test_fifteen_lines_in_threes(evidence):
    """The program prints three lines for each of the five items, in this order, and ends without a word of error."""
    ran = run(PROGRAM).show(evidence, "five orders")

    assert ran.lines == FIFTEEN
    assert (ran.errors, ran.status) == ("", 0)


@saboteur(caught_by=test_fifteen_lines_in_threes)
def consumer_without_an_answer(patch):
    """The consumer keeps the answer that it began with."""
    patch.here(PROGRAM=PROGRAM.replacing('said = "served"', "pass"))


@saboteur(caught_by=test_fifteen_lines_in_threes)
def producer_that_sends_nothing_first(patch):
    """The producer begins its count at nought, which ends the consumer."""
    patch.here(PROGRAM=PROGRAM.replacing("range(1, 6)", "range(5)"))
