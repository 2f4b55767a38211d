"""Joining a pool that was closed returns when all its tasks are done and all its workers have ended."""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial

from hypothesis.strategies import integers

from concurrency_lib import pools
from spec.processes.multiprocessed import exists, lanes_of_a_wait, offspring, went_on_only_when
from spec.processes.pooling import answer_of, pool_of
from spec.processes.targets import pool, pool_broken
from spec.processes.targets.hall import Hall
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import deadline, wait_until
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="关闭之后的进程池，对它 join() 要等所有任务做完、所有工作进程都结束才返回。",
    decides={"pool.join-waits-all": 105},
    ruling=HoldsIf(
        condition="no worker dies in the middle of a task",
        because="a worker that dies is replaced, but its task is lost and nobody is told: the pool goes on "
        "to wait for it, and its join never returns",
        correction=Text(
            en="Where a worker may crash, use concurrent.futures, which raises BrokenProcessPool, or "
            "run_tasks, which names the tasks that have no result.",
            zh="工作进程可能崩溃时，请改用 concurrent.futures，它会抛出 BrokenProcessPool；或者用 run_tasks，"
            "它会指出哪些任务没有结果。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#multiprocessing.pool.Pool.join",
            "https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.process.BrokenProcessPool",
        ],
    ),
    needs=[has_semaphores],
)

WORKERS = 2


def close_and_join(workers):
    workers.close()
    workers.join()


def die_in(executor):
    return executor.submit(pool.die, 3)


def lose_a_task(workers):
    """Have the only worker die of a task; return the task's promise once another task has run after it."""
    lost = workers.apply_async(pool.die, (3,))
    answer_of(workers.apply_async(pool.run_now, (1,)))
    return lost


def test_workers_are_gone_after_the_join(mp_context, tmp_path, evidence):
    """The join waits for a worker that has no task left and is ending; when it returns no process is left."""
    hall = Hall(tmp_path, deadline())
    with offspring() as children, pool_of(mp_context, WORKERS, initializer=pool.linger, initargs=[hall]) as workers:
        pids = [child.pid for child in children()]
        promise = workers.map_async(pool.square, range(4), 1)
        with hall:
            waited, _ = went_on_only_when(lambda: hall.let_go("all"), partial(close_and_join, workers))
        evidence.figures("after the join", {f"worker {pid}": "is there" if exists(pid) else "gone" for pid in pids})

        assert waited
        assert len(pids) == WORKERS
        assert promise.ready()
        assert not any(map(exists, pids))


def test_join_waits_for_a_task_in_progress(mp_context, tmp_path, evidence):
    """While a task is held the join does not return, and after the task's end it does."""
    with pool_of(mp_context, 1) as workers, Hall(tmp_path, deadline()) as hall:
        promise = workers.apply_async(pool.hold, (hall, 0))
        wait_until(hall.came, "the task in progress")
        waited, moments = went_on_only_when(lambda: hall.let_go(0), partial(close_and_join, workers))
        evidence.timeline("a task and the join of its pool", lanes_of_a_wait("task", "join", moments), "ms")

        assert waited
        assert promise.ready()


def test_join_never_returns_after_a_worker_died(mp_context, evidence):
    """After a worker died its task is never done, and the join waits until the pool is terminated."""
    with pool_of(mp_context, 1) as workers:
        lost = lose_a_task(workers)
        waited, (_, terminated, _) = went_on_only_when(workers.terminate, partial(close_and_join, workers))
        evidence.figures("the join of a pool that lost a task", {"waited until terminated": (terminated, "ms")})

        assert waited
        assert not lost.ready()


def test_executor_tells_that_a_worker_died(mp_context):
    """An executor of concurrent.futures raises BrokenProcessPool where a worker died."""
    with ProcessPoolExecutor(1, mp_context=mp_context) as executor:
        assert isinstance(die_in(executor).exception(deadline()), BrokenProcessPool)


def test_library_names_what_a_dead_worker_left(mp_context):
    """Whichever task kills its worker, the library raises WorkerDied with all tasks that have no result."""

    @for_any(integers(0, 2), examples=3)
    def names_the_rest(deadly):
        task = partial(pool.die_of, deadly)
        died = raised_by(pools.run_tasks, task, range(3), workers=1, mp_context=mp_context)

        assert isinstance(died, pools.WorkerDied)
        assert died.unfinished == list(range(deadly, 3))


@saboteur(caught_by=test_workers_are_gone_after_the_join)
def join_that_leaves_the_workers(patch):
    """Joining waits for the tasks, and not for the workers."""
    patch.here(close_and_join=lambda _: None)


@saboteur(caught_by=test_join_waits_for_a_task_in_progress)
def join_that_does_not_wait(patch):
    """Joining returns at once."""
    patch.here(close_and_join=lambda _: None)


@saboteur(caught_by=test_join_never_returns_after_a_worker_died)
def worker_that_survives(patch):
    """The worker does not die of its task."""
    patch.in_child(pool_broken.death_that_is_none)


@saboteur(caught_by=test_executor_tells_that_a_worker_died)
def executor_whose_worker_survives(patch):
    """The executor's worker does not die of its task."""
    patch.here(die_in=lambda executor: executor.submit(pool.square, 3))


@saboteur(caught_by=test_library_names_what_a_dead_worker_left)
def library_that_names_all_tasks(patch):
    """The library cannot tell which tasks are done."""
    patch.setattr(pools, "WorkerDied", pool_broken.WorkerDiedOfSomething)
