"""Work that asks others and waits for their answers needs little of a core, because others take so much longer."""

from spec.choosing.targets import workload_memory
from spec.choosing.workload_kinds import LITTLE, shares_had
from spec.choosing.workload_sampling import sampled_in
from spec.support import Claim, Holds, measured, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="向别人提问、再等答复的工作很少用到核心，因为与 CPU 和内存相比，对方要慢得多。",
    decides={"workload.io-low-cpu": 402},
    ruling=Holds(),
    needs=[can_fork, has_threads],
)


@measured
def test_asking_wants_a_core_seldom(clean_room, evidence):
    """A thread whose peer takes milliseconds to answer has a core for less than a quarter of its time."""
    had = shares_had(clean_room, evidence, "asking")

    assert not decide(had, "share of the time for which it has a core", evidence, threshold=LITTLE)


@measured
def test_an_answer_takes_longer_than_memory(clean_room, evidence):
    """To get a few bytes from a process that answers at once takes more than five times as long as from memory."""
    title = "from a process and from memory"
    ratios = sampled_in(clean_room, evidence, title, "µs", workload_memory.peer_by_memory)

    assert decide(ratios, "from a process by from memory", evidence, threshold=5, unit="times the time")


@saboteur(caught_by=test_asking_wants_a_core_seldom)
def work_that_computes_meanwhile(patch):
    """The work computes instead of waiting."""
    patch.here(shares_had=recorded(*[0.99] * 6))


@saboteur(caught_by=test_an_answer_takes_longer_than_memory)
def memory_behind_a_socket(patch):
    """The memory is another process's as well."""
    patch.here(sampled_in=recorded(*[1.1] * 6))
