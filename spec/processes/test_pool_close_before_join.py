"""A pool has to be closed before it can be joined."""

from functools import partial

import pytest

from concurrency_lib import pools
from spec.processes.multiprocessed import offspring
from spec.processes.pooling import answer_of, pool_of
from spec.processes.targets import pool, process
from spec.processes.targets.hall import Hall
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import deadline, wait_until
from spec.support.outcomes import raised_by

claim = Claim(
    zh="进程池必须先 close()，然后才能 join()。",
    decides={"pool.close-before-join": 106},
    ruling=HoldsIf(
        condition="the pool is to finish the tasks that it has",
        because="a pool that was terminated can be joined just as well, and a with statement terminates it: "
        "then its workers are ended in the middle of their tasks",
        correction=Text(
            en="Close a pool, or terminate it, before joining; a join before either raises ValueError.",
            zh="join() 之前要么 close()，要么 terminate()；两样都没做就 join() 会抛出 ValueError。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#multiprocessing.pool.Pool.join"],
    ),
    needs=[has_semaphores],
)


def join(workers):
    workers.join()


def terminate(workers):
    workers.terminate()


def leave_the_block(workers):
    with workers:
        pass


def refuse(_workers):
    raise ValueError("not closed")


def test_open_pool_refuses_to_be_joined(mp_context):
    """Joining a pool that is still open raises ValueError, and the pool goes on working."""
    with pool_of(mp_context, 1) as workers:
        refusal = raised_by(join, workers)

        assert isinstance(refusal, ValueError)
        assert answer_of(workers.apply_async(pool.square, (3,))) == 9


def test_closed_pool_finishes_and_is_joined(mp_context):
    """Joining a pool after closing it succeeds, with every task done."""
    with pool_of(mp_context, 1) as workers:
        promise = workers.map_async(pool.square, range(3), 1)
        workers.close()

        assert raised_by(join, workers) is None
        assert promise.ready()
        assert sorted(promise.get()) == [0, 1, 4]


@pytest.mark.parametrize("stop", [terminate, leave_the_block], ids=["terminate", "end of a with statement"])
def test_terminated_pool_is_joined_too(mp_context, tmp_path, stop):
    """The join of a pool that was terminated, or left by a with statement, succeeds with its task undone."""
    with pool_of(mp_context, 1) as workers, Hall(tmp_path, deadline()) as hall:
        promise = workers.apply_async(pool.hold, (hall, 0))
        wait_until(hall.came, "the task in progress")
        stop(workers)

        assert raised_by(join, workers) is None
        assert not promise.ready()


def test_library_leaves_no_worker_to_be_joined(mp_context):
    """The library needs neither: when it returns, or raises, its workers have ended."""
    with offspring() as children:
        pools.run_tasks(pool.square, range(3), workers=2, mp_context=mp_context)

        assert not children()

        raised_by(pools.run_tasks, process.complain, range(3), workers=2, mp_context=mp_context)

        assert not children()


def test_library_waits_for_nobody_after_a_death(mp_context, tmp_path):
    """The library raises WorkerDied at once, ends the worker that is still busy, and leaves no process."""
    with offspring() as children, Hall(tmp_path, deadline()) as hall:
        task = partial(pool.die_beside_another, hall)
        died = raised_by(pools.run_tasks, task, range(2), workers=2, mp_context=mp_context)

        assert isinstance(died, pools.WorkerDied)
        assert died.unfinished == [0, 1]
        assert not children()


@saboteur(caught_by=test_open_pool_refuses_to_be_joined)
def pool_that_closes_itself(patch):
    """Joining closes the pool first."""

    def close_and_join(workers):
        workers.close()
        workers.join()

    patch.here(join=close_and_join)


@saboteur(caught_by=test_closed_pool_finishes_and_is_joined)
def pool_that_is_never_joined(patch):
    """The pool refuses to be joined, whatever was done before."""
    patch.here(join=refuse)


@saboteur(caught_by=test_terminated_pool_is_joined_too)
def pool_that_insists_on_being_closed(patch):
    """The pool refuses to be joined unless it was closed."""
    patch.here(join=refuse)


@saboteur(caught_by=test_library_leaves_no_worker_to_be_joined)
def library_that_leaves_a_process(patch):
    """The library starts a process that nobody ends."""
    run_tasks = pools.run_tasks

    def run_tasks_and_leave(*work, mp_context, **options):
        mp_context.Process(target=process.stay).start()
        return run_tasks(*work, mp_context=mp_context, **options)

    patch.setattr(pools, "run_tasks", run_tasks_and_leave)


@saboteur(caught_by=test_library_waits_for_nobody_after_a_death, hangs=True)
def library_that_is_a_pool(patch):
    """The library gives its tasks to a multiprocessing.Pool, which waits for the one that is lost."""

    def run_in_a_pool(task, items, workers, mp_context):
        with pool_of(mp_context, workers) as crew, crew:
            return answer_of(crew.map_async(task, items, 1))

    patch.setattr(pools, "run_tasks", run_in_a_pool)
