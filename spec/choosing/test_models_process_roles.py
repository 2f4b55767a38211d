"""The master is whoever started the others: the main process among processes, the main thread among threads."""

import signal

import pytest

from concurrency_lib import _workers_processes, workers
from spec.choosing.targets import (
    models_roles,
    working,
    working_broken,
    working_deaths,
    working_deaths_broken,
    working_failures,
    working_masters,
)
from spec.choosing.working_kinds import keep, of_every_kind
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, has_proc, has_threads
from spec.support.deadlines import deadline
from spec.support.outcomes import raised_by

claim = Claim(
    zh="谁启动了别人，谁就是主控：多进程时是主进程，多线程时是主线程。",
    decides={"models.process-roles": 373, "models.thread-roles": 375},
    ruling=Holds(),
    needs=[can_fork, has_threads],
)

NOBODY = {
    "no thread": (workers.threads, {"number": 0}),
    "no process": (workers.processes, {"number": 0}),
    "no try": (workers.processes, {"number": 1, "tries": 0}),
    "no task at once": (workers.executor, {"its": None, "at_once": 0}),
}

AT_WORK = {"processes": models_roles.processes_at_work, "threads": models_roles.threads_at_work}


@pytest.mark.parametrize("kind", AT_WORK)
def test_master_is_the_main_one_and_workers_are_its_own(clean_room, tmp_path, evidence, kind):
    """The main process, or thread, hands out; each task is executed by another one, which it has started."""
    roles = clean_room.run(AT_WORK[kind], tmp_path, deadline())
    evidence.figures(kind, {"hands out": str(roles.master), "execute": str(sorted(roles.executed))})

    assert roles.master == roles.main
    assert roles.main not in roles.executed
    assert sorted(roles.executed) == sorted(roles.children)


@of_every_kind("threads", "processes")
def test_interrupted_master_begins_nothing_more(clean_room, evidence, tmp_path, kind):
    """A master that is interrupted as it waits raises KeyboardInterrupt, and hands out no further task."""
    keep(clean_room, evidence, tmp_path, kind, working_failures.interrupted_master)


def test_interrupted_master_leaves_no_process(clean_room, tmp_path):
    """At the end of the block that an interrupt ends, none of the processes is left, whatever it was doing."""
    assert clean_room.run(working_masters.pids_of_interrupted, tmp_path, deadline()) == []


def test_processes_of_any_context_serve(mp_context):
    """A team's processes are those of the context that it is given."""
    with workers.processes(1, mp_context=mp_context) as team:
        ignores = team.run(signal.getsignal, [signal.SIGINT])

    assert ignores == [signal.SIG_IGN]


@pytest.mark.parametrize(("make", "of"), NOBODY.values(), ids=NOBODY)
def test_a_team_of_nobody_is_refused(make, of):
    """The library refuses, with ValueError, a team that has no worker, or no try for its tasks."""
    assert isinstance(raised_by(make, **of), ValueError)


def test_interrupt_of_the_keyboard_is_left_to_the_master(clean_room):
    """An interrupt that reaches the workers of a team too disturbs none of their tasks."""
    assert clean_room.run(working_deaths.interrupted_workers) == ["None in 1"] * working_deaths.TASKS


@needs(has_proc)
def test_workers_end_when_their_master_was_killed(clean_room, tmp_path):
    """Workers whose master was killed end by themselves, each after the task that it has."""
    worked, ended = clean_room.run(working_masters.end_of_a_masters_workers, tmp_path, deadline())

    assert len(worked) == 2
    assert ended == worked


@of_every_kind()
def test_a_team_whose_results_are_left_is_free_again(clean_room, evidence, tmp_path, kind):
    """A team refuses a second run beside the first, and is free once the first run's results are closed."""
    keep(clean_room, evidence, tmp_path, kind, working.left_in_the_middle)


@saboteur(caught_by=test_master_is_the_main_one_and_workers_are_its_own)
def strangers_at_work(patch):
    """The tasks are executed by others than those that the master started."""
    patch.in_child(working_broken.strangers_at_work)


@saboteur(caught_by=test_interrupted_master_begins_nothing_more)
def interrupts_ignored(patch):
    """The library keeps interrupts from the master."""
    patch.in_child(working_broken.interrupts_ignored)


@saboteur(caught_by=test_interrupted_master_leaves_no_process)
def workers_left_alone(patch):
    """The library leaves workers that are at a task to themselves."""
    patch.in_child(working_deaths_broken.workers_left_alone)


@saboteur(caught_by=test_a_team_of_nobody_is_refused)
def teams_of_nobody(patch):
    """The library takes any number for enough."""
    patch.setattr(workers, "at_least_one", lambda **_: 1)


@saboteur(caught_by=test_processes_of_any_context_serve)
def workers_that_heed_interrupts(patch):
    """The context's processes stay open to interrupts."""
    patch.setattr(_workers_processes, "serve", _workers_processes.work)


@saboteur(caught_by=test_interrupt_of_the_keyboard_is_left_to_the_master)
def workers_that_listen(patch):
    """An interrupt ends the task that a worker has."""
    patch.in_child(working_deaths_broken.workers_that_heed_interrupts)


@saboteur(caught_by=test_workers_end_when_their_master_was_killed, hangs=True)
def workers_that_wait_for_another_master(patch):
    """A worker whose master is gone waits for another."""
    patch.in_child(working_deaths_broken.workers_that_wait_for_ever)


@saboteur(caught_by=test_a_team_whose_results_are_left_is_free_again)
def team_that_forgets_nothing(patch):
    """A team goes through with everything once it was asked."""
    patch.in_child(working_broken.team_that_goes_through)
