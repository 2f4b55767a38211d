"""Two tasks run at the same instant only where there is more than one core."""

import os
import resource
import time
from functools import partial

from spec.processes.targets import introduction
from spec.support import Claim, Holds, measured, needs, saboteur
from spec.support.capabilities import can_pin, has_semaphores, several_cores
from spec.support.measuring import decide, observed, recorded

claim = Claim(
    zh="只有存在多个核心时，两个任务才可能在同一瞬间真正并行。",
    decides={"intro.parallel-needs-multicore": 15},
    ruling=Holds(),
    needs=[has_semaphores],
)

TASKS = 2
TURN = 0.1  # seconds that each task computes
PARALLEL = 1.3  # cores: well above one, and far below the two that an idle machine gives


def processor_seconds():
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def cores_used(mp_context, pinned_to=None):
    """Run two computing processes; return their processor time over the time that passed."""
    until = time.monotonic() + TURN
    before, started = processor_seconds(), time.monotonic()
    tasks = [mp_context.Process(target=introduction.compute_until, args=(until, pinned_to)) for _ in range(TASKS)]
    for task in tasks:
        task.start()
    for task in tasks:
        task.join()
    return (processor_seconds() - before) / (time.monotonic() - started)


def samples(mp_context, pinned_to=None):
    return observed(partial(cores_used, mp_context, pinned_to))


@measured
@needs(several_cores)
def test_two_processes_fill_more_than_one_core(mp_context, evidence):
    """Two computing processes together use more processor time than passes, where several cores are free."""
    assert decide(samples(mp_context), "cores used by two processes", evidence, threshold=PARALLEL)


@measured
@needs(can_pin)
def test_two_processes_share_one_core(mp_context, evidence):
    """Two computing processes that are held on one core use no more than that core."""
    core = min(os.sched_getaffinity(0))

    assert not decide(samples(mp_context, core), "cores used by two on one core", evidence, threshold=PARALLEL)


@saboteur(caught_by=test_two_processes_fill_more_than_one_core)
def tasks_that_take_turns(patch):
    """Each task computes only while the other pauses."""
    patch.here(samples=recorded(1.0, 0.99, 1.0, 1.01, 1.0, 1.0))


@saboteur(caught_by=test_two_processes_share_one_core)
def pinning_that_is_ignored(patch):
    """A process runs on any core, whatever it is held to."""
    patch.here(samples=recorded(1.9, 1.8, 1.9, 2.0, 1.9, 1.8))
