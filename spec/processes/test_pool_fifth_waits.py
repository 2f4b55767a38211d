"""With four workers a fifth task begins only when one of four has ended, and in its process."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from concurrency_lib import pools
from spec.processes.pooling import answer_of, lanes, pool_of
from spec.processes.targets import pool, pool_broken
from spec.processes.targets.hall import Hall
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import deadline, happens_in_a_while, wait_until

claim = Claim(
    zh="只有四个工作进程时，第五个任务要等前四个中有一个结束，才在那个腾出来的进程里开始。",
    decides={"pool.fifth-waits": (110, 112)},
    ruling=Holds(),
    needs=[has_semaphores],
)

WORKERS = 4
FIFTH = 4
LET_GO = 2  # one of the four, not the first that came


def make_pool(context, workers):
    return pool_of(context, workers)


def how_the_fifth_began(hall):
    """Let one of four held tasks go; return whether the fifth had begun before, and the pids of both."""
    wait_until(lambda: set(range(WORKERS)) <= set(hall.came()), "the first four tasks in progress")
    too_early = happens_in_a_while(lambda: FIFTH in hall.came())
    hall.let_go(LET_GO)
    came = wait_until(lambda: FIFTH in hall.came() and hall.came(), "the fifth task")
    return too_early, came[FIFTH], came[LET_GO]


def test_fifth_task_waits_for_a_worker(mp_context, tmp_path, evidence):
    """While four tasks are held the fifth does not begin, and then it begins where one was let go."""
    with make_pool(mp_context, WORKERS) as workers, Hall(tmp_path, deadline()) as hall:
        runs = workers.map_async(partial(pool.hold, hall), range(WORKERS + 1), 1)
        too_early, pid, vacated = how_the_fifth_began(hall)
        hall.let_go("all")
        evidence.timeline("five tasks on four workers", lanes(answer_of(runs)), "ms")

    assert not too_early
    assert pid == vacated


def test_library_keeps_the_fifth_task_waiting_too(mp_context, tmp_path, evidence):
    """In the library's workers the fifth task waits alike, as its timeline tells."""
    with ThreadPoolExecutor(1) as beside, Hall(tmp_path, deadline()) as hall:
        task = partial(pool.hold, hall)
        running = beside.submit(pools.run_tasks, task, range(WORKERS + 1), workers=WORKERS, mp_context=mp_context)
        too_early, *_ = how_the_fifth_began(hall)
        hall.let_go("all")
        timeline = running.result(deadline()).timeline
    evidence.timeline("the timeline of the library", lanes(timeline), "ms")
    vacated, fifth = timeline[LET_GO], timeline[FIFTH]

    assert not too_early
    assert fifth.pid == vacated.pid
    assert fifth.started >= vacated.ended


@saboteur(caught_by=test_fifth_task_waits_for_a_worker)
def pool_with_a_worker_more(patch):
    """The pool has five workers."""
    patch.here(make_pool=lambda context, workers: pool_of(context, workers + 1))


@saboteur(caught_by=test_library_keeps_the_fifth_task_waiting_too)
def library_with_a_worker_more(patch):
    """The library makes five workers."""
    patch.setattr(pools, "Crew", pool_broken.CrewWithAWorkerMore)
