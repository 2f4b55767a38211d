"""It costs more to make a process than a thread, and most where processes cannot be forked, as on Windows."""

from spec.choosing.models_costs import sampled
from spec.choosing.targets import models_costs, working_ends
from spec.support import Claim, Holds, measured, saboteur
from spec.support.capabilities import can_fork, can_start_programs, has_threads
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="创建进程的开销比创建线程大；不能 fork 的系统（例如 Windows）上尤其大。",
    decides={"models.process-creation-costly": 380, "models.windows-creation-worse": 380},
    ruling=Holds(),
    needs=[can_fork, can_start_programs, has_threads],
)

samples = sampled


@measured
def test_process_costs_more_than_thread(clean_room, evidence):
    """To fork a process and see its end takes more than twice the processor time that it takes with a thread."""
    ratios = samples(clean_room, evidence, models_costs.process_to_thread, "5 forked processes", "5 threads")

    assert decide(ratios, "how many threads cost as much as a process", evidence, threshold=2)


@measured
def test_process_from_nothing_costs_more_than_fork(clean_room, evidence):
    """A process that starts as a fresh interpreter, the only way on Windows, takes three times the time of a fork."""
    ratios = samples(clean_room, evidence, models_costs.spawn_to_fork, "a fresh interpreter", "a forked process")

    assert decide(ratios, "how many forks cost as much as a fresh interpreter", evidence, threshold=3)


def test_no_process_is_made_before_it_is_needed(clean_room):
    """A team of five processes has none at first, and one after each of two tasks that follow each other."""
    assert clean_room.run(working_ends.processes_started) == [0, 1, 1]


def test_executor_is_made_once_for_many_teams(clean_room):
    """An executor outlives the teams that it is lent to, and tasks that a team leaves before they begin never begin."""
    lent = clean_room.run(working_ends.executor_lent_twice)

    assert lent.values == [[2, 4], [2, 4]]
    assert lent.still_works
    assert lent.cancelled == [False, True, True]


@saboteur(caught_by=test_process_costs_more_than_thread)
def processes_as_cheap_as_threads(patch):
    """A process is made at the cost of a thread."""
    patch.here(samples=recorded(1.02, 0.97, 1.1, 1.0, 1.05, 0.99))


@saboteur(caught_by=test_process_from_nothing_costs_more_than_fork)
def interpreters_as_cheap_as_forks(patch):
    """A fresh interpreter is made at the cost of a fork."""
    patch.here(samples=recorded(1.02, 0.97, 1.1, 1.0, 1.05, 0.99))


@saboteur(caught_by=test_no_process_is_made_before_it_is_needed)
def processes_made_in_advance(patch):
    """The library starts every process as the team begins."""
    patch.in_child(working_ends.all_started_at_once)


@saboteur(caught_by=test_executor_is_made_once_for_many_teams)
def tasks_left_behind(patch):
    """The library leaves the executor the tasks that nobody wants."""
    patch.in_child(working_ends.tasks_left_behind)
