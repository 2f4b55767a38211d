"""The same work costs more processor time when many tasks share it, be they processes or threads."""

from functools import partial

import pytest

from spec.choosing.models_costs import sampled
from spec.choosing.targets import switch_crowds
from spec.support import Claim, HoldsIf, Text, measured, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.measuring import Sample, decide, recorded

claim = Claim(
    zh="同样的工作，分给许多进程或线程来做，总共消耗的处理器时间更多。",
    decides={"switch.more-means-slower": 390},
    ruling=HoldsIf(
        condition="the tasks compute, and the parts are small beside the cost of making a task and of its switches",
        because="every task that is made costs its making, its end and a few switches, and no more: long tasks do not "
        "notice it, and hundreds that only wait take next to nothing",
        correction=Text(
            en="Give computing to about as many workers as there are cores, in parts that last much longer than "
            "making a worker; tasks that wait may be many, for what they cost is memory.",
            zh="计算工作交给与核心数相当的工作者即可，每一份的时长要远大于创建工作者的开销；只是等待的任务可以很多，"
            "它们耗费的主要是内存。",
        ),
        references=["https://docs.python.org/3/library/concurrent.futures.html#threadpoolexecutor"],
    ),
    needs=[can_fork, has_threads],
)

WAITING = 100

samples = sampled


def shares_of_waiting(clean_room):
    """Yield which share of a core threads use while they wait, again and again."""
    for _ in range(20):
        yield Sample(clean_room.run(switch_crowds.waiting, WAITING, 0.01))


@measured
@pytest.mark.parametrize("kind", switch_crowds.KINDS)
def test_many_tasks_cost_more_than_one(clean_room, evidence, kind):
    """Work in small parts costs more processor time with a task for each part than with one task for all."""
    ratios = samples(clean_room, evidence, partial(switch_crowds.many_to_one, kind), f"many {kind}", "one")

    assert decide(ratios, f"processor time of many {kind}, by that of one", evidence, threshold=1.2)


@measured
def test_waiting_tasks_cost_next_to_nothing(clean_room, evidence):
    """A hundred threads that wait use hardly any of a core."""
    shares = shares_of_waiting(clean_room)

    assert not decide(shares, f"share of a core that {WAITING} waiting threads use", evidence, threshold=0.2)


@saboteur(caught_by=test_many_tasks_cost_more_than_one)
def tasks_for_nothing(patch):
    """Tasks are made, switched and ended at no cost."""
    patch.here(samples=recorded(1.0, 1.01, 0.98, 1.0, 1.02, 0.99))


@saboteur(caught_by=test_waiting_tasks_cost_next_to_nothing)
def rests_that_are_loops(patch):
    """Whoever waits asks again and again whether it is over."""
    patch.here(shares_of_waiting=recorded(0.97, 0.99, 1.0, 0.96, 0.98, 0.99))
