"""To switch between bare coroutines, and to make one, costs a small part of what it costs with threads."""

from functools import partial

from spec.async_io import coroutine_costs, coroutine_hand_overs
from spec.async_io.coroutine_hand_overs import switch_in_loop, switch_of_generators
from spec.choosing import models_costs
from spec.choosing.targets import switch_costs
from spec.support import Claim, HoldsIf, Text, measured, needs, saboteur
from spec.support.capabilities import can_fork, can_pin, has_threads
from spec.support.measuring import Sample, decide, recorded

claim = Claim(
    zh="裸协程之间的切换，以及创建一个协程，开销都只是线程的一小部分。",
    decides={"coro.very-efficient": 578},
    ruling=HoldsIf(
        condition="nothing but the interpreter has a part in the switch: the coroutines are driven directly",
        because="a step of a bare generator takes well under a microsecond, from thirteen to hundreds of times less "
        "than a hand-over between threads; a task of an event loop goes through the loop's queue as well, and takes "
        "nearly as long as a hand-over on the older versions",
        correction=Text(
            en="Where switches are what costs, drive generators directly; a loop is worth its price where there is "
            "something to wait for.",
            zh="如果开销主要在切换上，就直接驱动 generator；事件循环的代价，要在真正需要等待时才划算。",
        ),
        references=[
            "https://docs.python.org/3/reference/expressions.html#generator.send",
            "https://docs.python.org/3/library/asyncio-eventloop.html#scheduling-callbacks",
        ],
    ),
    needs=[has_threads],
)

MADE, SWITCHES = 20, 2000

hand_overs = models_costs.sampled
samples = coroutine_costs.sampled


def slower_in_a_loop(loop_factory):
    """Yield how many bare steps take as long as a switch of tasks, again and again."""
    for _ in range(30):
        yield Sample(switch_in_loop(loop_factory, SWITCHES) / switch_of_generators(SWITCHES))


@measured
@needs(can_fork, can_pin)
def test_bare_switch_takes_less_than_a_tenth(clean_room, evidence):
    """A step of a bare generator takes less than a tenth of a hand-over between two threads of one core."""
    compare = partial(switch_costs.hand_over_to, "generator")
    ratios = hand_overs(clean_room, evidence, compare, "hand-over of threads", "step of a generator")

    assert decide(ratios, "steps that take as long as a hand-over", evidence, threshold=10)


@measured
def test_making_takes_less_than_a_tenth(evidence):
    """To make a coroutine and run it to its end takes less than a tenth of the processor time of a thread."""
    ratios = samples(partial(coroutine_hand_overs.making, MADE), evidence, f"made and ended, {MADE} each")

    assert decide(ratios, "coroutines for the price of a thread", evidence, threshold=10)


@measured
def test_switch_in_a_loop_takes_longer(loop_factory, evidence):
    """A switch between tasks of an event loop takes more than three times as long as a step of a bare generator."""
    ratios = slower_in_a_loop(loop_factory)

    assert decide(ratios, "steps of a generator for the price of a switch in a loop", evidence, threshold=3)


@saboteur(caught_by=test_bare_switch_takes_less_than_a_tenth)
def generators_that_are_threads(patch):
    """A step of a generator costs what a hand-over costs."""
    patch.here(hand_overs=recorded(1.0, 1.1, 0.96, 1.04, 1.0, 0.99))


@saboteur(caught_by=test_making_takes_less_than_a_tenth)
def coroutines_that_take_a_thread_each(patch):
    """To make a coroutine costs what it costs to make a thread."""
    patch.here(samples=recorded(1.0, 1.1, 0.96, 1.04, 1.0, 0.99))


@saboteur(caught_by=test_switch_in_a_loop_takes_longer)
def loop_for_nothing(patch):
    """The loop has no part in the switch."""
    patch.here(slower_in_a_loop=recorded(1.0, 1.1, 0.96, 1.04, 1.0, 0.99))
