"""Threads that do little between their hand-overs spend most of the processor on these; threads that do much do not."""

from spec.async_io.messages_sampling import sampled
from spec.async_io.targets import messages_io
from spec.support import Claim, HoldsIf, Text, measured, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="线程若每做一点事就要交接一次，处理器的时间大半花在交接上；若每次做得多，则不会。",
    decides={"async.switch-cost-big": 512},
    ruling=HoldsIf(
        condition="each thread does little before the next one has its turn",
        because="a switch costs some microseconds, whatever the number of threads: that is much beside the handling "
        "of a small message, and next to nothing beside a fraction of a millisecond of computing. Threads that compute "
        "are switched no more often because they are many; what many threads cost is their making and their memory",
        correction=Text(
            en="What counts is how much is done between two switches, not how many threads there are. Small messages "
            "are better handled by few threads, or by a loop that switches without the system.",
            zh="关键是两次切换之间做了多少事，而不是线程有多少。零碎的小消息，交给少量线程处理更好，"
            "或者交给无须系统参与切换的事件循环。",
        ),
        references=[
            "https://man7.org/linux/man-pages/man7/sched.7.html",
            "https://docs.python.org/3/library/sys.html#sys.setswitchinterval",
        ],
    ),
    needs=[can_fork, has_threads],
)

samples = sampled
TITLE, QUESTION = "twenty-four threads and one thread", "many threads that hand over, by one"


@measured
def test_hand_overs_outweigh_little_work(clean_room, evidence):
    """Many threads that add ten numbers and hand over use more than five times the processor time of one thread."""
    ratios = samples(clean_room, evidence, TITLE, "ms", messages_io.relay_by_one, "small")

    assert decide(ratios, QUESTION, evidence, threshold=5, unit="times the processor time")


@measured
def test_much_work_outweighs_hand_overs(clean_room, evidence):
    """Many threads that compute for a fraction of a millisecond and hand over use less than twice that of one."""
    ratios = samples(clean_room, evidence, TITLE, "ms", messages_io.relay_by_one, "large")

    assert not decide(ratios, QUESTION, evidence, threshold=2, unit="times the processor time")


@saboteur(caught_by=test_hand_overs_outweigh_little_work)
def hand_overs_for_nothing(patch):
    """A hand-over costs nothing."""
    patch.here(samples=recorded(1.0, 1.1, 0.9, 1.0, 1.2, 1.0))


@saboteur(caught_by=test_much_work_outweighs_hand_overs)
def hand_overs_that_take_long(patch):
    """A hand-over costs as much as the computing and more."""
    patch.here(samples=recorded(4.9, 5.2, 6.0, 5.5, 5.1, 4.8))
