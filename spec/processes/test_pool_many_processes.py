"""Where a large number of processes is wanted, a pool is the means."""

import os

from hypothesis.strategies import integers

from concurrency_lib import pools
from spec.processes.multiprocessed import CountingContext
from spec.processes.pooling import answer_of, pool_of
from spec.processes.talking import running
from spec.processes.targets import pool
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import ends
from spec.support.properties import for_any

claim = Claim(
    zh="需要用到大量子进程时，该用进程池。",
    decides={"pool.many-processes": 92},
    ruling=HoldsIf(
        condition="what is large is the number of tasks, and not that of processes",
        because="a pool runs any number of tasks in a number of processes that is fixed, and small, from the start",
        correction=Text(
            en="A pool saves processes: each of its few runs one task after another, where a Process of "
            "one's own would be made for every task.",
            zh="进程池的用处是省进程：池里寥寥几个进程轮流处理所有任务，而不是每个任务都新建一个进程。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#using-a-pool-of-workers"],
    ),
    needs=[has_semaphores],
)

WORKERS = 2
TASKS = 5


def pids_with_a_pool(context, **options):
    with pool_of(context, WORKERS, **options) as workers:
        return [run.pid for run in answer_of(workers.map_async(pool.run_now, range(TASKS), 1))]


def pids_with_a_process_each(context, tasks):
    pids = []
    for task in range(tasks):
        with running(context, pool.run_now, task) as child:
            pids.append(ends(child).pid)
    return pids


def test_pool_runs_many_tasks_in_few_processes(mp_context, evidence):
    """Five tasks on a pool of two run in two processes at most."""
    pids = pids_with_a_pool(mp_context)
    evidence.figures("tasks that each worker ran", {f"worker {pid}": pids.count(pid) for pid in sorted(set(pids))})

    assert len(pids) == TASKS
    assert len(set(pids)) <= WORKERS


def test_processes_of_ones_own_are_as_many_as_the_tasks(mp_context):
    """A Process for every task makes as many processes as there are tasks."""
    pids = pids_with_a_process_each(mp_context, WORKERS + 1)

    assert len(set(pids)) == WORKERS + 1


def test_library_keeps_to_the_number_of_workers(mp_context):
    """However few workers it may make, the library makes no more, and runs none of its tasks itself."""

    @for_any(integers(1, WORKERS), examples=2)
    def stays_within(workers):
        context = CountingContext(mp_context)
        run = pools.run_tasks(pool.square, range(TASKS), workers=workers, mp_context=context)

        assert len(run.results) == TASKS
        assert len(context.made) <= workers
        assert os.getpid() not in {task.pid for task in run.timeline}


@saboteur(caught_by=test_pool_runs_many_tasks_in_few_processes)
def pool_that_uses_each_process_once(patch):
    """The pool makes a fresh process for every task."""
    with_a_pool = pids_with_a_pool
    patch.here(pids_with_a_pool=lambda context: with_a_pool(context, maxtasksperchild=1))


@saboteur(caught_by=test_processes_of_ones_own_are_as_many_as_the_tasks)
def processes_that_are_calls(patch):
    """Every task runs in the process that asks."""
    patch.here(pids_with_a_process_each=lambda _, tasks: [pool.run_now(task).pid for task in range(tasks)])


@saboteur(caught_by=test_library_keeps_to_the_number_of_workers)
def library_that_adds_a_worker(patch):
    """The library makes one worker more than it may."""
    run_tasks = pools.run_tasks
    patch.setattr(
        pools, "run_tasks", lambda *work, workers, **options: run_tasks(*work, workers=workers + 1, **options)
    )
