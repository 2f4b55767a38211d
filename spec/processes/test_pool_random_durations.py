"""Every worker of a pool draws a random duration of its own, and measures no less when it has slept it."""

import random
from functools import partial

from concurrency_lib import pools
from spec.processes.pooling import answer_of, lanes, pool_of
from spec.processes.targets import pool, pool_broken
from spec.processes.targets.hall import Hall
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, has_semaphores
from spec.support.deadlines import deadline

claim = Claim(
    zh="进程池的每个工作进程各自抽取一个随机时长，睡过之后量出来的也不短于它。",
    decides={"pool.random-durations": 101},
    ruling=HoldsIf(
        condition="the numbers come from the functions of the module random, and the time from a monotonic clock",
        because="only the generator behind the module's functions is seeded anew after a fork: a Random of "
        "one's own is copied with its state; and time.time() follows the wall clock, which may be set while "
        "a task sleeps",
        correction=Text(
            en="Forked workers that share a Random object made before draw the same numbers, each from its "
            "copy; give every worker a seed of its own, and measure by time.monotonic().",
            zh="如果用的是 fork 之前就建好的 Random 对象，各个工作进程会抽到同样的数；应当给每个进程单独的种"
            "子，计时则用 time.monotonic()。",
        ),
        references=[
            "https://docs.python.org/3/library/random.html",
            "https://docs.python.org/3/library/os.html#os.register_at_fork",
            "https://docs.python.org/3/library/time.html#time.monotonic",
        ],
    ),
    needs=[has_semaphores],
)

WORKERS = 3
LONGEST = 0.01  # seconds


def drawn_by_workers(context, hall, draw):
    """Have every worker of a pool draw one number."""
    with pool_of(context, WORKERS) as workers:
        task = partial(pool.draw_together, hall, WORKERS, draw)
        return answer_of(workers.map_async(task, range(WORKERS), 1))


def test_workers_draw_different_numbers(mp_context, tmp_path, evidence):
    """Workers that draw by the function of the module draw different numbers, each between zero and one."""
    drawn = drawn_by_workers(mp_context, Hall(tmp_path, deadline()), pool.draw)
    evidence.figures("drawn by random.random()", {f"worker {index + 1}": number for index, number in enumerate(drawn)})

    assert len(set(drawn)) == WORKERS
    assert all(0 <= number < 1 for number in drawn)


@needs(can_fork)
def test_copies_of_a_generator_draw_the_same(clean_room, tmp_path, evidence):
    """Forked workers that draw from a Random made before they were forked draw one and the same number."""
    hall = Hall(tmp_path, deadline())
    drawn = clean_room.run(pool.drawn_by_forks_of, random.Random, hall, WORKERS)
    evidence.figures("drawn from copies of one Random", {f"worker {n + 1}": number for n, number in enumerate(drawn)})

    assert len(drawn) == WORKERS
    assert len(set(drawn)) == 1


def test_library_measures_what_was_slept(mp_context, evidence):
    """In the library's timeline, which is of the monotonic clock, no task is shorter than it slept."""
    run = pools.run_tasks(pool.doze_at_most, [LONGEST] * WORKERS, workers=WORKERS, mp_context=mp_context)
    evidence.timeline("tasks that sleep for as long as they drew", lanes(run.timeline), "ms")

    assert all(ran.ended - ran.started >= slept for ran, slept in zip(run.timeline, run.results, strict=True))
    assert all(0 <= slept < LONGEST for slept in run.results)


@saboteur(caught_by=test_workers_draw_different_numbers)
def workers_that_start_from_one_seed(patch):
    """Every worker sets the same seed."""
    patch.in_child(pool_broken.generator_with_a_fixed_seed)


@saboteur(caught_by=test_copies_of_a_generator_draw_the_same)
def generator_that_asks_the_system(patch):
    """The numbers of the object come from the system, which keeps no state in it."""
    patch.in_child(pool_broken.generator_that_asks_the_system)


@saboteur(caught_by=test_library_measures_what_was_slept)
def library_that_measures_nothing(patch):
    """The library notes the end of a task when it begins."""
    patch.setattr(pools, "TaskRun", pool_broken.run_without_duration)
