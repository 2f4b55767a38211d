"""A process that crashes takes neither its parent nor its siblings along."""

import pytest
from hypothesis.strategies import integers, lists

from spec.choosing.targets import models_crashes, models_held, working_deaths, working_deaths_broken, working_ends
from spec.choosing.targets.models_crashes import CRASHES, ENDS
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork, has_semaphores
from spec.support.properties import for_any

claim = Claim(
    zh="一个进程崩溃，不会拖垮它的父进程，也不会拖垮兄弟进程。",
    decides={"models.process-crash-isolated": 379},
    ruling=HoldsIf(
        condition="nothing that they share was in its hands",
        because="memory is its own, but a lock that it held is never released, and the task of a pool's worker gets "
        "lost: multiprocessing.Pool waits for its answer for ever, and a ProcessPoolExecutor is broken from then on",
        correction=Text(
            en="The others go on, as long as they do not wait for what the dead one held. A master that has a pipe "
            "to each worker hears of the death, gives the task to another, or names it.",
            zh="只要不去等死者手里的东西，其余进程都能照常运行。主控若与每个工作者各有一条管道，就能得知谁死了，"
            "把任务交给别人重做，或者报出是哪个任务。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#multiprocessing.Process.terminate",
            "https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.process.BrokenProcessPool",
        ],
    ),
    needs=[can_fork, has_semaphores],
)


def shown(results):
    """Return what is told of tasks, for the evidence."""
    return {f"task {told.index}": f"{told.error or told.returned}, begun {told.begun} times" for told in results}


def after(index, deaths, tries):
    """Return what is to be told of a task that kills so many workers and has so many tries."""
    if deaths < tries:
        return (index, index, "", deaths + 1, deaths + 1)
    died = f"task {index} lost its worker in {tries} of {tries} tries: killed by SIGKILL"
    return (index, None, died, tries, tries)


@pytest.mark.parametrize("crash", CRASHES)
def test_parent_and_brother_go_on(clean_room, evidence, crash):
    """When a child dies without a word, its parent goes on, and its brother still answers."""
    survivors = clean_room.run(models_crashes.crash_beside_a_brother, CRASHES[crash])
    evidence.figures(f"after {crash}", survivors._asdict())

    assert survivors == (ENDS[crash], "alive", "goes on")


def test_lock_of_the_dead_is_never_released(clean_room, evidence):
    """A lock that a process held when it was killed is granted to no other process."""
    taken, granted = clean_room.run(models_held.lock_of_the_dead)
    evidence.figures("the lock", {"taken by the child": taken, "granted to the parent afterwards": granted})

    assert taken
    assert not granted


@pytest.mark.parametrize("crash", CRASHES)
def test_pool_never_answers_where_the_library_does(clean_room, evidence, crash):
    """A task that ends its worker is never answered by multiprocessing.Pool, and by the library as WorkerDied."""
    pool_answers, library_says = clean_room.run(models_held.pool_and_team_with, CRASHES[crash])
    evidence.figures(f"a task that ends in {crash}", {"answered by the pool": pool_answers, "library": library_says})

    assert (pool_answers, library_says) == (False, "WorkerDied")


def test_task_of_a_killed_worker_gets_another_try(clean_room, tmp_path, evidence):
    """A task whose worker is killed once is begun again in another, and no other task is touched."""
    results = clean_room.run(working_deaths.lose_workers, tmp_path, 2, [0, 1, 0, 0])
    evidence.figures("one of four tasks kills its worker once", shown(results))

    assert [told.returned for told in results] == [0, 1, 2, 3]
    assert [(told.tries, told.begun) for told in results] == [(1, 1), (2, 2), (1, 1), (1, 1)]


def test_each_task_has_one_result_whoever_dies(clean_room, tmp_path):
    """Whichever tasks kill their workers, each has one result: its value, or WorkerDied after all its tries."""

    @for_any(integers(1, 3), lists(integers(0, 3), min_size=1, max_size=5), examples=8)
    def one_result_each(tries, deaths):
        results = clean_room.run(working_deaths.lose_workers, tmp_path, tries, deaths)

        assert results == [after(index, times, tries) for index, times in enumerate(deaths)]


def test_death_of_an_idle_worker_costs_nobody_a_try(clean_room):
    """A worker that dies while it has nothing to do is replaced, and its next task succeeds at the first try."""
    idle, after, tries = clean_room.run(working_deaths.lose_an_idle_worker)

    assert tries == 1
    assert after != idle


def test_executor_of_the_dead_breaks_with_a_name(clean_room):
    """A death breaks a ProcessPoolExecutor for good: each task given to it since ends in BrokenProcessPool."""
    assert clean_room.run(working_ends.errors_of_a_broken_executor) == ["BrokenProcessPool"] * 3


@saboteur(caught_by=test_executor_of_the_dead_breaks_with_a_name)
def executor_whose_process_survives(patch):
    """The executor's process does not die of its task."""
    patch.in_child(models_crashes.crash_that_is_none)


@saboteur(caught_by=test_parent_and_brother_go_on)
def crash_of_the_family(patch):
    """A crash takes the other child along."""
    patch.in_child(models_crashes.crash_of_the_family)


@saboteur(caught_by=test_lock_of_the_dead_is_never_released)
def death_that_releases(patch):
    """A process that dies lets its lock go."""
    patch.in_child(models_held.lock_that_forgets)


@saboteur(caught_by=test_pool_never_answers_where_the_library_does)
def crash_that_is_none(patch):
    """The task does not end its worker."""
    patch.in_child(models_crashes.crash_that_is_none)


@saboteur(caught_by=test_task_of_a_killed_worker_gets_another_try)
def team_that_gives_up(patch):
    """The library begins no task a second time."""
    patch.in_child(working_deaths_broken.death_that_ends_the_task)


@saboteur(caught_by=test_each_task_has_one_result_whoever_dies)
def team_that_gives_up_at_once(patch):
    """The library has one try for each task, whatever was agreed."""
    patch.in_child(working_deaths_broken.death_that_ends_the_task)


@saboteur(caught_by=test_death_of_an_idle_worker_costs_nobody_a_try)
def team_that_trusts_its_workers(patch):
    """The library gives a task to a worker that is no more."""
    patch.in_child(working_deaths_broken.worker_that_is_not_looked_at)
