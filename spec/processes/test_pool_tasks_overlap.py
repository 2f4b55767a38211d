"""Tasks on different workers of a pool are in progress at the same time."""

from functools import partial

from concurrency_lib import pools
from spec.processes.pooling import answer_of, lanes, pool_of
from spec.processes.targets import pool, pool_broken
from spec.processes.targets.hall import Hall
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import GENEROUS, deadline

claim = Claim(
    zh="进程池里，分到不同工作进程的任务是同时在进行的。",
    decides={"pool.tasks-overlap": (110, 112)},
    ruling=Holds(),
    needs=[has_semaphores],
)

TASKS = 4


def make_pool(context):
    return pool_of(context, TASKS)


def all_in_progress_at_once(runs):
    return max(run.started for run in runs) < min(run.ended for run in runs)


def test_four_tasks_meet(mp_context, tmp_path, evidence):
    """Four tasks, none of which ends before all have begun, meet in the four workers of a pool."""
    hall = Hall(tmp_path, GENEROUS)  # beyond any deadline here: its tasks answer when they are let go, and not before
    with make_pool(mp_context) as workers, hall:
        runs = answer_of(workers.map_async(partial(pool.meet, hall, TASKS), range(TASKS), 1))
    evidence.timeline("four tasks that meet", lanes(runs), "ms")

    assert len({run.pid for run in runs}) == TASKS
    assert all_in_progress_at_once(runs)


def test_four_tasks_of_the_library_meet(mp_context, tmp_path, evidence):
    """Four tasks of the library meet alike, and its timeline tells who ran which and when."""
    task = partial(pool.meet, Hall(tmp_path, deadline()), TASKS)
    run = pools.run_tasks(task, range(TASKS), workers=TASKS, mp_context=mp_context)
    evidence.timeline("the timeline of the library", lanes(run.timeline), "ms")

    assert [(ran.index, ran.pid) for ran in run.timeline] == [(told.index, told.pid) for told in run.results]
    assert len({ran.pid for ran in run.timeline}) == TASKS
    assert all_in_progress_at_once(run.timeline)


@saboteur(caught_by=test_four_tasks_meet, hangs=True)
def pool_of_one(patch):
    """The pool has one worker, which runs one task after another."""
    patch.here(make_pool=lambda context: pool_of(context, 1))


@saboteur(caught_by=test_four_tasks_of_the_library_meet)
def library_that_loses_track(patch):
    """The library's timeline does not know its workers."""
    patch.here(TASKS=2)
    patch.setattr(pools, "TaskRun", pool_broken.run_by_nobody)
