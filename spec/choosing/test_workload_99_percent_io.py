"""Work that is bound by input and output spends ninety-nine hundredths of its time there."""

from spec.choosing.workload_kinds import shares_had
from spec.support import Claim, HoldsIf, Text, measured, measured_alone, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="受限于 IO 的工作，百分之九十九的时间都花在 IO 上。",
    decides={"workload.99-percent-io": 404},
    ruling=HoldsIf(
        condition="an answer takes a hundred times as long as the work on it",
        because="the figure is no constant of such work: it is whatever the peer's delay makes it. With a peer that "
        "takes 60 ms the thread waits for more than 99 % of its time, with one that answers at once for far less",
        correction=Text(
            en="The share is the delay by the whole: measure it, before anything is concluded from it.",
            zh="这个比例等于等待时间占总时间的份额，因对方快慢而异；要先测量，再下结论。",
        ),
        references=["https://docs.python.org/3/library/time.html#time.thread_time"],
    ),
    needs=[can_fork, has_threads],
)

ONE_HUNDREDTH = 0.01


@measured
def test_with_a_slow_peer_it_is_more(clean_room, evidence):
    """With a peer that takes 60 ms to answer, a thread has a core for less than a hundredth of its time."""
    had = shares_had(clean_room, evidence, "asking a slow peer", seconds=0.03)

    assert not decide(had, "share of the time for which it has a core", evidence, threshold=ONE_HUNDREDTH)


@measured_alone
def test_with_a_quick_peer_it_is_less(clean_room, evidence):
    """With a peer that answers at once, the same thread has a core for more than two hundredths of its time."""
    had = shares_had(clean_room, evidence, "asking a quick peer")

    assert decide(had, "share of the time for which it has a core", evidence, threshold=2 * ONE_HUNDREDTH)


@saboteur(caught_by=test_with_a_slow_peer_it_is_more)
def answers_that_are_computed(patch):
    """The thread computes the answers itself."""
    patch.here(shares_had=recorded(*[0.99] * 6))


@saboteur(caught_by=test_with_a_quick_peer_it_is_less)
def quick_peer_that_is_slow(patch):
    """No peer answers at once."""
    patch.here(shares_had=recorded(*[0.008] * 6))
