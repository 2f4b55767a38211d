"""A pool's map spreads the elements of a list over several processes."""

from functools import partial

from concurrency_lib import pools
from spec.processes.pooling import lanes, pool_of, runs_of
from spec.processes.targets import pool, pool_broken
from spec.processes.targets.hall import Hall
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import deadline

claim = Claim(
    zh="进程池的 map() 会把列表里的元素分摊给几个进程去处理。",
    decides={"pool.map-different-processes": 119},
    ruling=HoldsIf(
        condition="the elements are in different chunks, and more than one worker is free",
        because="map hands over whole chunks of neighbouring elements, each to whichever worker is free: so "
        "one worker may get all of them, and which gets what is nowhere promised",
        correction=Text(
            en="With chunksize=1 elements are handed over one by one; even so, a worker that is busy with "
            "one of them leaves all the others to its neighbour.",
            zh="设 chunksize=1 才会逐个分派元素；即便如此，要是一个进程被某个元素占住，其余的也会全归别的进程。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#multiprocessing.pool.Pool.map"],
    ),
    needs=[has_semaphores],
)

WORKERS = 2
ELEMENTS = 3


def mapped(context, task, chunksize, workers=WORKERS, **options):
    with pool_of(context, workers, **options) as crew:
        return runs_of(crew.map_async(task, range(ELEMENTS), chunksize))


def test_elements_in_chunks_of_one_are_spread(mp_context, tmp_path, evidence):
    """Handed over one by one, two elements are in progress at once in two processes."""
    runs = mapped(mp_context, partial(pool.meet, Hall(tmp_path, deadline()), WORKERS), chunksize=1)
    evidence.timeline("three elements, one by one", lanes(runs), "ms")

    assert len({run.pid for run in runs}) == WORKERS


def test_one_chunk_stays_in_one_process(mp_context, evidence):
    """Handed over in one chunk, all elements are run by one process, and its neighbour gets none."""
    runs = mapped(mp_context, pool.run_now, chunksize=ELEMENTS)
    evidence.timeline("three elements in one chunk", lanes(runs), "ms")

    assert len({run.pid for run in runs}) == 1


def test_busy_worker_leaves_the_others_to_its_neighbour(mp_context, tmp_path, evidence):
    """While one worker is held by the first element, the other one runs all the rest."""
    runs = mapped(mp_context, partial(pool.outlast, Hall(tmp_path, deadline()), ELEMENTS), chunksize=1)
    evidence.timeline("three elements, the first of which outlasts the others", lanes(runs), "ms")

    assert len({run.pid for run in runs[1:]}) == 1
    assert runs[0].pid != runs[1].pid


def test_library_hands_over_one_by_one(mp_context, tmp_path, evidence):
    """The library gives each task to a worker that is free, and its timeline tells to which."""
    task = partial(pool.outlast, Hall(tmp_path, deadline()), ELEMENTS)
    timeline = pools.run_tasks(task, range(ELEMENTS), workers=WORKERS, mp_context=mp_context).timeline
    evidence.timeline("the timeline of the library", lanes(timeline), "ms")

    assert len({run.pid for run in timeline[1:]}) == 1
    assert timeline[0].pid != timeline[1].pid


@saboteur(caught_by=test_elements_in_chunks_of_one_are_spread)
def map_that_keeps_to_one_process(patch):
    """All elements are handed over to one process, where none can wait for another."""
    as_told = mapped
    patch.here(mapped=lambda context, *_, **__: as_told(context, pool.run_now, chunksize=ELEMENTS))


@saboteur(caught_by=test_one_chunk_stays_in_one_process)
def chunk_that_is_taken_apart(patch):
    """The chunk is handed over in parts, to workers that retire after each."""
    as_told = mapped
    patch.here(mapped=lambda context, task, **_: as_told(context, task, chunksize=1, maxtasksperchild=1))


@saboteur(caught_by=test_busy_worker_leaves_the_others_to_its_neighbour)
def workers_that_retire(patch):
    """A worker ends after one element, and a new one takes its place."""
    as_told = mapped
    patch.here(mapped=lambda *call, **options: as_told(*call, maxtasksperchild=1, **options))


@saboteur(caught_by=test_library_hands_over_one_by_one)
def library_that_loses_track(patch):
    """The library's timeline names one worker for all tasks."""
    patch.setattr(pools, "TaskRun", pool_broken.run_by_nobody)
