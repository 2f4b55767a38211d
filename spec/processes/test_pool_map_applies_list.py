"""A pool's map calls a function with each element of a list, and returns its values in that order."""

from functools import partial

from hypothesis.strategies import integers, lists

from concurrency_lib import pools
from spec.processes.pooling import answer_of, lanes, pool_of
from spec.processes.targets import pool, pool_broken, process
from spec.processes.targets.hall import Hall
from spec.processes.values import PICKLABLE
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import deadline
from spec.support.properties import for_any

claim = Claim(
    zh="进程池的 map() 对列表里的每个元素调用一次函数，并按列表的次序交回全部结果。",
    decides={"pool.map-applies-list": 119},
    ruling=Holds(),
    needs=[has_semaphores],
)

TASKS = 2


def mapped(workers, function, items):
    return answer_of(workers.map_async(function, items, 1))


def test_map_returns_what_the_function_returns(mp_context):
    """For any list, map on two workers returns the list that the built-in map would give."""
    with pool_of(mp_context, 2) as workers:

        @for_any(lists(integers(), max_size=8), examples=10)
        def agrees(numbers):
            assert mapped(workers, pool.square, numbers) == [number * number for number in numbers]


def test_order_is_the_lists(mp_context, tmp_path, evidence):
    """The results come in the order of the list although its last element is done first."""
    with pool_of(mp_context, TASKS) as workers:
        task = partial(pool.end_backwards, Hall(tmp_path, deadline()), TASKS)
        runs = mapped(workers, task, range(TASKS))
    evidence.timeline("the last shall be first", lanes(runs), "ms")

    assert [run.index for run in runs] == [0, 1]
    assert runs[0].ended > runs[1].ended


def test_library_returns_what_the_function_returns(mp_context):
    """Whatever the list holds, the library's results are what its function returned for each element."""

    @for_any(lists(PICKLABLE, max_size=4), examples=4)
    def is_unchanged(items):
        assert pools.run_tasks(process.say, items, workers=1, mp_context=mp_context).results == items


def test_librarys_order_is_the_lists(mp_context, tmp_path):
    """The library's results and timeline are in the list's order although its last element is done first."""
    task = partial(pool.end_backwards, Hall(tmp_path, deadline()), TASKS)
    run = pools.run_tasks(task, range(TASKS), workers=TASKS, mp_context=mp_context)

    assert [told.index for told in run.results] == [0, 1]
    assert [ran.index for ran in run.timeline] == [0, 1]
    assert run.results[0].ended > run.results[1].ended


@saboteur(caught_by=test_map_returns_what_the_function_returns)
def map_that_adds_a_result(patch):
    """There is a result more than there are elements."""
    in_order = mapped
    patch.here(mapped=lambda *call: [*in_order(*call), 0])


@saboteur(caught_by=test_order_is_the_lists)
def map_in_the_order_of_completion(patch):
    """What is done first comes first, as with imap_unordered."""
    in_order = mapped
    patch.here(mapped=lambda *call: sorted(in_order(*call), key=lambda run: run.ended))


@saboteur(caught_by=test_library_returns_what_the_function_returns)
def library_that_adds_a_result(patch):
    """The library has a result more than there are elements."""
    patch.setattr(pools, "run_tasks", pool_broken.run_and_add_a_result)


@saboteur(caught_by=test_librarys_order_is_the_lists)
def library_in_the_order_of_completion(patch):
    """The library's results come as they are done."""
    patch.setattr(pools, "run_tasks", pool_broken.run_in_the_order_of_completion)
