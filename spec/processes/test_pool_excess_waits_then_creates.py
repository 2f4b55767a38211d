"""What is more than the cores waits in a pool until a process has ended, and then a new one is made."""

from functools import partial

from spec.processes.multiprocessed import offspring
from spec.processes.pooling import lanes, pool_of, runs_of
from spec.processes.targets import pool, pool_broken, pool_sizes
from spec.processes.targets.hall import Hall
from spec.support import Claim, Refuted, Text, documents_word, needs, saboteur
from spec.support.capabilities import can_fork, can_pin, has_semaphores
from spec.support.deadlines import deadline, wait_until

claim = Claim(
    zh="交给进程池的任务一旦比核心还多，就要等前面的进程退出，才会为后面的任务再建进程。",
    decides={"pool.excess-waits-then-creates": 107},
    ruling=Refuted(
        because="a pool's size is not bounded by the cores, and its workers stay: what waits are tasks, for "
        "a worker that is free, and none ends to make room for another",
        correction=Text(
            en="Any number of workers runs at once on any number of cores, and all tasks run in these same "
            "workers; only with maxtasksperchild does one end, after so many tasks, and another take its "
            "place.",
            zh="工作进程的个数不受核心数限制，所有任务都由这同一批进程轮流执行；只有设了 maxtasksperchild，"
            "进程做满若干个任务后才会退出、由新进程接替。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#multiprocessing.pool.Pool"],
    ),
    needs=[has_semaphores],
)

WORKERS = 2
OPTIONS = {}


@documents_word()
def test_later_task_gets_a_process_of_its_own(mp_context, tmp_path, evidence):
    """A third task, for which two workers leave no room, runs in a process that is neither of theirs."""
    with pool_of(mp_context, WORKERS, **OPTIONS) as workers:
        with Hall(tmp_path, deadline()) as hall:
            runs = workers.map_async(partial(pool.hold, hall), range(WORKERS + 1), 1)
            wait_until(lambda: len(hall.came()) >= WORKERS, "two tasks in progress")
        first, second, third = runs_of(runs)
    evidence.timeline("three tasks on two workers", lanes([first, second, third]), "ms")

    assert third.pid not in {first.pid, second.pid}


def test_tasks_wait_for_the_same_workers(mp_context, evidence):
    """However many the tasks, the processes that run them are those that the pool had from the start."""
    with offspring() as children, pool_of(mp_context, WORKERS, **OPTIONS) as workers:
        from_the_start = {child.pid for child in children()}
        runs = runs_of(workers.map_async(pool.run_now, range(2 * WORKERS), 1))
        evidence.timeline("four tasks on two workers", lanes(runs), "ms")

        assert {run.pid for run in runs} <= from_the_start
        assert {child.pid for child in children()} == from_the_start


@needs(can_fork, can_pin)
def test_one_core_runs_any_number_of_workers(clean_room, tmp_path, evidence):
    """On a single core the tasks of three workers are all in progress at once."""
    runs = clean_room.run(pool_sizes.meet_on_one_core, Hall(tmp_path, deadline()), 3)
    evidence.timeline("three workers on one core", lanes(runs), "ms")

    assert len({run.pid for run in runs}) == 3
    assert max(run.started for run in runs) < min(run.ended for run in runs)


@saboteur(caught_by=test_later_task_gets_a_process_of_its_own, restores=True)
def workers_that_retire(patch):
    """A worker ends after one task, and a new one takes its place."""
    patch.here(OPTIONS={"maxtasksperchild": 1})


@saboteur(caught_by=test_tasks_wait_for_the_same_workers)
def workers_that_do_not_stay(patch):
    """A worker ends after one task."""
    patch.here(OPTIONS={"maxtasksperchild": 1})


@saboteur(caught_by=test_one_core_runs_any_number_of_workers, hangs=True)
def pool_that_is_bounded_by_the_cores(patch):
    """The pool makes no more workers than there are usable cores."""
    patch.in_child(pool_broken.pool_that_is_bounded_by_the_cores)
