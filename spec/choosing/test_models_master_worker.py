"""Work that comes in tasks is commonly done by one master, who hands them out, and workers, who execute them."""

from functools import partial
from itertools import chain
from queue import Empty, SimpleQueue

from hypothesis.strategies import binary, integers, lists

from concurrency_lib import _workers_futures, workers
from spec.choosing.targets import working, working_broken, working_tasks
from spec.choosing.working_kinds import CONTRACT, has_dask, has_interpreters, keep, of_every_kind
from spec.support import Claim, HoldsIf, Text, needs, saboteur, slow
from spec.support.capabilities import can_fork, has_threads
from spec.support.properties import for_any
from spec.threads.together import together

claim = Claim(
    zh="成批的任务，常见的做法是由一个主控负责分发，几个工作者负责执行。",
    decides={"models.master-worker": 371},
    ruling=HoldsIf(
        condition="one of them hands the tasks out, which is a common design and not the only one",
        because="workers can do without a master: they help themselves from a common store, steal from each other, or "
        "pass work along a chain, and every task is still done once",
        correction=Text(
            en="One master with several workers is the design of pools and executors; workers that share a queue need "
            "no master, only agreement on who takes what.",
            zh="一个主控加几个工作者，是进程池和各种 executor 采用的结构；如果工作者自己从公共队列里取任务，就不需要"
            "主控，只要约定好每个任务归谁即可。",
        ),
        references=["https://docs.python.org/3/library/concurrent.futures.html#executor-objects"],
    ),
    needs=[has_threads, can_fork],
)


def take_from(pile, taken):
    """Help oneself until nothing is left."""
    try:
        while True:
            taken.append(pile.get_nowait())
    except Empty:
        return


@of_every_kind()
def test_each_task_is_executed_once_by_a_worker(clean_room, evidence, tmp_path, kind):
    """The master hands out twenty tasks: each is executed once, by a worker, and none by the master."""
    keep(clean_room, evidence, tmp_path, kind, working.each_task_once)


def test_workers_without_a_master_do_each_task_once(evidence):
    """Threads that help themselves from a common pile, with nobody to hand out, take each task once as well."""
    pile, taken = SimpleQueue(), [[] for _ in range(3)]
    for task in range(working.TASKS):
        pile.put(task)
    with together(*(partial(take_from, pile, its) for its in taken)):
        pass
    evidence.figures("who took how many", {f"worker {number}": len(its) for number, its in enumerate(taken, 1)})

    assert sorted(chain(*taken)) == list(range(working.TASKS))


@of_every_kind()
def test_values_have_the_order_of_the_items(clean_room, evidence, tmp_path, kind):
    """A run returns its values in the order of the items, although the tasks end the other way round."""
    keep(clean_room, evidence, tmp_path, kind, working.values_in_order)


@of_every_kind()
def test_a_result_comes_as_soon_as_its_task_has_ended(clean_room, evidence, tmp_path, kind):
    """Results come as their tasks end, whatever the tasks before them still do."""
    keep(clean_room, evidence, tmp_path, kind, working.results_as_they_come)


@of_every_kind()
def test_an_item_is_taken_only_when_a_worker_is_free(clean_room, evidence, tmp_path, kind):
    """Of an endless supply of items the master takes no more than it has workers for."""
    keep(clean_room, evidence, tmp_path, kind, working.no_more_than_agreed)


def test_any_items_keep_their_places():
    """Whatever the items are, and however many, each value stands in the place of its item."""
    with workers.threads(2) as team:

        @for_any(lists(integers() | binary()), examples=30)
        def values_in_their_places(items):
            assert team.run(working_tasks.double, items) == [item * 2 for item in items]


@needs(has_interpreters)
def test_interpreters_serve_as_workers(clean_room, evidence, tmp_path):
    """Interpreters of one process keep every promise of a team, through the executor that the library offers."""
    keep(clean_room, evidence, tmp_path, "interpreters", *CONTRACT)


@slow("starts a cluster: a scheduler and its workers, which talk over loopback")
@needs(has_dask)
def test_a_dask_cluster_serves_as_workers(clean_room, evidence, tmp_path):
    """The workers of a Dask cluster keep every promise of a team, through the executor that Dask offers."""
    keep(clean_room, evidence, tmp_path, "Dask", *CONTRACT)


@saboteur(caught_by=test_each_task_is_executed_once_by_a_worker)
def master_that_works(patch):
    """The master executes every task itself."""
    patch.in_child(working_broken.master_that_works)


@saboteur(caught_by=test_workers_without_a_master_do_each_task_once)
def workers_that_only_look(patch):
    """A worker looks at the pile, and another takes the same task."""
    patch.here(take_from=lambda pile, taken: taken.extend(range(pile.qsize())))


@saboteur(caught_by=test_values_have_the_order_of_the_items)
def values_turned_round(patch):
    """A run returns its values in the order of the items, from the last to the first."""
    patch.in_child(working_broken.values_turned_round)


@saboteur(caught_by=test_a_result_comes_as_soon_as_its_task_has_ended, hangs=True)
def master_that_waits_for_all(patch):
    """The master hears of results when every task has ended."""
    patch.in_child(working_broken.master_that_waits_for_all)


@saboteur(caught_by=test_an_item_is_taken_only_when_a_worker_is_free)
def master_that_takes_ahead(patch):
    """The master takes ten items for each worker."""
    patch.in_child(working_broken.master_that_takes_ahead)


@saboteur(caught_by=test_any_items_keep_their_places)
def values_that_get_lost(patch):
    """The values get lost on their way to the master."""
    patch.setattr(_workers_futures, "ended_here", working_broken.result_without_a_value)


@saboteur(caught_by=test_interpreters_serve_as_workers)
def interpreters_whose_failures_are_hushed(patch):
    """The library takes every failure for a success of nothing."""
    patch.in_child(working_broken.failures_hushed)


@saboteur(caught_by=test_a_dask_cluster_serves_as_workers)
def cluster_whose_failures_are_hushed(patch):
    """The library takes what failed in a cluster for done."""
    patch.in_child(working_broken.failures_hushed)
