"""A thread that loops without end keeps one core busy, as far as it is given one."""

from spec.support import Claim, Holds, measured, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.measuring import decide, recorded
from spec.threads.busy_cores import sampled, wanted
from spec.threads.targets import busy

claim = Claim(
    zh="一个不停空转的线程，只要分得到核心，就会把这个核心占满。",
    decides={"multicore.one-loop-100": 260},
    ruling=Holds(),
    needs=[can_fork, has_threads],
)

NEARLY_ALL = 0.95  # of the time
SECONDS = 0.02

samples = sampled


@measured
def test_looping_thread_is_never_idle(clean_room, evidence):
    """At nearly every instant a thread that loops is on a core, or is queuing for one."""
    shares = samples(clean_room, evidence, wanted, busy.run, "xor", 1, SECONDS)

    assert decide(shares, "share of the time on a core, or in the queue for one", evidence, threshold=NEARLY_ALL)


@measured
def test_resting_thread_leaves_its_core(clean_room, evidence):
    """A thread that rests in each step of its loop wants a core for hardly any of the time."""
    shares = samples(clean_room, evidence, wanted, busy.run, "rest", 1, SECONDS)

    assert not decide(shares, "share of the time of a loop that rests", evidence, threshold=0.5)


@saboteur(caught_by=test_looping_thread_is_never_idle)
def loop_that_rests(patch):
    """The loop puts its thread to sleep in every step."""
    patch.in_child(busy.steps_that_rest)


@saboteur(caught_by=test_resting_thread_leaves_its_core)
def rest_that_is_a_loop_itself(patch):
    """A thread that rests asks again and again whether the rest is over."""
    patch.here(samples=recorded(*[0.99] * 6))
