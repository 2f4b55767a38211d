"""A pool makes all its processes at once, before there is anything for them to do."""

from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from concurrency_lib import pools
from spec.processes.multiprocessed import CountingContext, offspring
from spec.processes.pooling import answer_of, pool_of
from spec.processes.targets import pool
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_semaphores

claim = Claim(
    zh="进程池一建好，所有工作进程就都已就位，这时还一个任务都没有。",
    decides={"pool.batch-creates": 92},
    ruling=Holds(),
    needs=[has_semaphores],
)

WORKERS = 2


def make_pool(context, workers):
    return pool_of(context, workers)


def test_workers_are_there_before_any_task(mp_context, evidence):
    """A pool of two has two processes before it is given a task, and it is these that run its tasks."""
    with offspring() as children, make_pool(mp_context, WORKERS) as workers:
        before = {child.pid for child in children()}

        assert len(before) == WORKERS

        ran_in = [run.pid for run in answer_of(workers.map_async(pool.run_now, range(2 * WORKERS), 1))]
    evidence.figures("tasks that each worker ran", {f"worker {pid}": ran_in.count(pid) for pid in before})

    assert set(ran_in) <= before


def test_library_makes_no_more_workers_than_tasks(mp_context, evidence):
    """The library makes no worker that would have nothing to do: none at all for an empty list."""
    made = {}
    for tasks in (0, 1, WORKERS, 2 * WORKERS):
        context = CountingContext(mp_context)
        run = pools.run_tasks(pool.square, range(tasks), workers=WORKERS, mp_context=context)
        made[tasks] = len(context.made)

        assert run.results == [number**2 for number in range(tasks)]
    evidence.figures("workers of the library", {f"{tasks} tasks": count for tasks, count in made.items()})

    assert made == {0: 0, 1: 1, WORKERS: WORKERS, 2 * WORKERS: WORKERS}


@saboteur(caught_by=test_workers_are_there_before_any_task)
def pool_that_waits_for_its_first_task(patch):
    """The pool makes its processes when they are first needed, as the executor of concurrent.futures does."""

    @contextmanager
    def lazy_pool(context, workers):
        with ProcessPoolExecutor(workers, mp_context=context) as executor:
            yield executor

    patch.here(make_pool=lazy_pool)


@saboteur(caught_by=test_library_makes_no_more_workers_than_tasks)
def library_that_always_has_something_to_do(patch):
    """The library makes up a task where there is none."""
    run_tasks = pools.run_tasks
    patch.setattr(pools, "run_tasks", lambda function, items, **options: run_tasks(function, items or [0], **options))
