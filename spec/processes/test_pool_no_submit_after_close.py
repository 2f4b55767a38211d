"""A pool that was closed is given nothing more."""

from functools import partial
from pickle import PicklingError

from concurrency_lib import pools
from spec.processes.multiprocessed import CountingContext, offspring
from spec.processes.pooling import pool_of, runs_of
from spec.processes.targets import pool
from spec.processes.targets.hall import Hall
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import deadline, wait_until
from spec.support.outcomes import raised_by

claim = Claim(
    zh="进程池关闭以后，就不能再往里面添加东西了。",
    decides={"pool.no-submit-after-close": 106},
    ruling=HoldsIf(
        condition="tasks are what is meant, and not processes",
        because="a closed pool refuses tasks; processes were never added to it by its user, and one whose "
        "workers retire goes on making them, closed or not, as long as it has tasks",
        correction=Text(
            en="After close() every new task raises ValueError, and the tasks handed over before are still done.",
            zh="close() 之后再提交任务会抛出 ValueError，而此前已提交的任务照样会做完。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#multiprocessing.pool.Pool.close"],
    ),
    needs=[has_semaphores],
)

RETIRE = 1  # tasks that a worker runs before another takes its place


def close(workers):
    workers.close()


def test_closed_pool_refuses_tasks(mp_context):
    """A task for a closed pool raises ValueError, by whichever method it is handed over."""
    with pool_of(mp_context, 1) as workers:
        close(workers)
        refusals = [
            raised_by(workers.apply_async, pool.square, (3,)),
            raised_by(workers.map_async, pool.square, [3]),
            raised_by(workers.imap_unordered, pool.square, [3]),
        ]

    assert [type(refusal) for refusal in refusals] == [ValueError] * 3


def test_closed_pool_finishes_what_it_has(mp_context, tmp_path):
    """Tasks that wait behind one in progress when the pool is closed are still done."""
    with pool_of(mp_context, 1) as workers, Hall(tmp_path, deadline()) as hall:
        runs = workers.map_async(partial(pool.hold, hall), range(3), 1)
        wait_until(hall.came, "the first task in progress")
        close(workers)
        hall.let_go("all")

        assert [run.index for run in runs_of(runs)] == [0, 1, 2]


def test_closed_pool_may_still_make_processes(mp_context, tmp_path, evidence):
    """Where workers retire after one task, a closed pool makes a new process for every task left to it."""
    with offspring() as children, pool_of(mp_context, 1, maxtasksperchild=RETIRE) as workers:
        with Hall(tmp_path, deadline()) as hall:
            runs = workers.map_async(partial(pool.hold, hall), range(3), 1)
            wait_until(hall.came, "the first task in progress")
            close(workers)
            at_close = {child.pid for child in children()}
        pids = [run.pid for run in runs_of(runs)]
    evidence.figures(
        "processes of the closed pool", {f"task {task}": f"in process {pid}" for task, pid in enumerate(pids)}
    )

    assert at_close == {pids[0]}
    assert len(set(pids)) == 3


def test_library_accepts_all_tasks_or_none(mp_context):
    """The library takes all tasks or none: one that cannot be pickled is a PicklingError, and none runs."""
    context = CountingContext(mp_context)
    refusal = raised_by(pools.run_tasks, pool.square, [3, lambda: None], workers=2, mp_context=context)

    assert isinstance(refusal, PicklingError)
    assert "task 1" in str(refusal)
    assert not context.made


@saboteur(caught_by=test_closed_pool_refuses_tasks)
def close_that_closes_nothing(patch):
    """A closed pool is as open as before."""
    patch.here(close=lambda _: None)


@saboteur(caught_by=test_closed_pool_finishes_what_it_has, hangs=True)
def close_that_gives_up(patch):
    """Closing ends the workers, whatever they are at."""
    patch.here(close=lambda workers: workers.terminate())


@saboteur(caught_by=test_closed_pool_may_still_make_processes)
def workers_that_stay(patch):
    """The worker runs all tasks."""
    patch.here(RETIRE=None)


@saboteur(caught_by=test_library_accepts_all_tasks_or_none)
def library_that_does_what_it_can(patch):
    """The library runs the tasks that it can hand over, and complains afterwards."""
    run_tasks = pools.run_tasks

    def run_some_tasks(task, items, **options):
        run_tasks(task, items[:1], **options)
        return run_tasks(task, items, **options)

    patch.setattr(pools, "run_tasks", run_some_tasks)
