"""Some work is bound by the processor and some by its input and output."""

from itertools import tee

from spec.choosing.workload_kinds import ALL, LITTLE, shares, shares_had
from spec.support import Claim, HoldsIf, Text, measured, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="有的工作受限于处理器，有的受限于 IO。",
    decides={"workload.two-kinds": 396},
    ruling=HoldsIf(
        condition="the work is nearly all computing, or nearly all waiting",
        because="these are the two ends of a scale, and most programs lie between them; others are bound by memory or "
        "by locks, which is neither",
        correction=Text(
            en="Ask for which share of its time the work wants a core: near one, near nothing, or between.",
            zh="应当问：这项工作有多大一部分时间想要核心？接近全部、几乎为零，还是介于两者之间。",
        ),
        references=["https://docs.python.org/3/library/time.html#time.process_time"],
    ),
    needs=[can_fork, has_threads],
)

NEXT_TO_NOTHING = 0.1


@measured
def test_one_end_is_computing(clean_room, evidence):
    """Work that computes wants a core for more than nine tenths of its time."""
    wanted = shares(clean_room, evidence, "computing")

    assert decide(wanted, "share of the time for which it wants a core", evidence, threshold=ALL)


@measured
def test_the_other_end_is_waiting(clean_room, evidence):
    """Work that waits for answers has a core for less than a quarter of its time."""
    had = shares_had(clean_room, evidence, "asking")

    assert not decide(had, "share of the time for which it has a core", evidence, threshold=LITTLE)


@measured
def test_some_work_is_neither(clean_room, evidence):
    """Work that computes for as long as it then waits lies between the two ends."""
    one, other = tee(shares_had(clean_room, evidence, "both"))
    title = "share of the time for which it has a core"

    assert decide(one, title, evidence, threshold=NEXT_TO_NOTHING)
    assert not decide(other, title, evidence, threshold=ALL)


@saboteur(caught_by=test_one_end_is_computing)
def computing_that_rests(patch):
    """The work that computes rests between its steps."""
    patch.here(shares=recorded(*[0.3] * 6))


@saboteur(caught_by=test_the_other_end_is_waiting)
def waiting_that_computes(patch):
    """The work that waits computes meanwhile."""
    patch.here(shares_had=recorded(*[0.99] * 6))


@saboteur(caught_by=test_some_work_is_neither)
def work_without_pauses(patch):
    """The work that does both never waits."""
    patch.here(shares_had=recorded(*[0.99] * 6))
