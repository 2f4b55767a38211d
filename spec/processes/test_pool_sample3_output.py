"""A program that joins its pool prints its last line after all that its five jobs print in four workers."""

import re
import sys
from functools import partial

from concurrency_lib import pools
from spec.processes.targets import pool, pool_broken, process, process_broken
from spec.processes.targets.hall import Hall
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_start_programs, has_semaphores
from spec.support.deadlines import deadline
from spec.support.outcomes import raised_by
from spec.support.programs import run, sample

claim = Claim(
    zh="把五个任务交给四个工作进程再 join 进程池的程序，要等五个任务的输出都出来了，才打印最后一行。",
    decides={"pool.sample3-output": (94, 117)},
    ruling=Holds(),
    needs=[can_start_programs, has_semaphores],
)

JOBS = set("01234")
PROGRAM = sample(__file__, "pool_waits")
FAILING = PROGRAM.replacing("time.sleep(random.random() / 100)", "raise LookupError(job)")


def begun(ran):
    return dict(re.findall(r"job (\d) begins in (\d+)", ran.output))


def ended(ran):
    return re.findall(r"job (\d) took 0\.\d\d s", ran.output)


def test_last_line_comes_after_all_jobs(evidence):
    """Four processes at most print two lines for each of five jobs into a pipe, and only then comes the last line."""
    ran = run(PROGRAM).show(evidence, "standard output in a pipe")
    evidence.figures("jobs and workers", {f"job {job}": f"worker {pid}" for job, pid in begun(ran).items()})

    assert set(begun(ran)) == JOBS
    assert len(set(begun(ran).values())) <= 4
    assert sorted(ended(ran)) == sorted(JOBS)
    assert ran.output.endswith("\nall jobs are done\n")
    assert ran.output.count("\n") == 12


def test_job_that_raises_goes_unheard(evidence):
    """Where every job raises, and nobody asks for answers, the program ends as ever and tells of nothing."""
    ran = run(FAILING).show(evidence, "jobs that raise")

    assert set(begun(ran)) == JOBS
    assert not ended(ran)
    assert (ran.lines[-1], ran.errors, ran.status) == ("all jobs are done", "", 0)


def test_library_raises_what_a_task_raised(mp_context, evidence):
    """In the library the exception of a task is raised, with the worker's traceback as its cause."""
    error = raised_by(pools.run_tasks, process.complain, ["too loud"], workers=1, mp_context=mp_context)
    evidence.transcript("what the caller reads", "run_tasks(complain, ['too loud'])", str(error.__cause__), "raised")

    assert isinstance(error, LookupError)
    assert error.args == ("too loud",)
    assert isinstance(error.__cause__, pools.RemoteTraceback)
    assert "in complain" in str(error.__cause__)


def test_library_raises_the_first_of_several(mp_context, tmp_path):
    """Of the exceptions of several tasks the library raises that of the first in the order of the items."""
    hall = Hall(tmp_path, deadline())
    task = partial(pool.complain_together, hall, 2)
    error = raised_by(pools.run_tasks, task, range(2), workers=2, mp_context=mp_context)

    assert repr(error) == "LookupError(0)"


def test_library_begins_no_task_after_an_exception(mp_context, tmp_path):
    """After a task has raised, the library begins no other."""
    hall = Hall(tmp_path, deadline())
    error = raised_by(
        pools.run_tasks, partial(pool.enter_and_complain, hall), range(3), workers=1, mp_context=mp_context
    )

    assert repr(error) == "LookupError(0)"
    assert set(hall.came()) == {0}


def test_library_outlives_a_task_that_exits(mp_context):
    """A task that calls for the end of its process, by sys.exit, is a RemoteError at the library's caller."""
    error = raised_by(pools.run_tasks, sys.exit, [3], workers=1, mp_context=mp_context)

    assert isinstance(error, pools.RemoteError)
    assert error.summary == "SystemExit: 3"


@saboteur(caught_by=test_last_line_comes_after_all_jobs)
def program_that_does_not_wait(patch):
    """The last line is out before the pool is joined."""
    close_and_join, last_line = "pool.close()\n    pool.join()\n    ", 'print("all jobs are done"'
    patch.here(
        PROGRAM=PROGRAM.replacing(f"{close_and_join}{last_line})", f"{last_line}, flush=True)\n    {close_and_join}")
    )


@saboteur(caught_by=test_last_line_comes_after_all_jobs)
def pool_that_uses_each_process_once(patch):
    """The pool makes a fresh process for every job."""
    patch.here(PROGRAM=PROGRAM.replacing("Pool(4)", "Pool(4, maxtasksperchild=1)"))


@saboteur(caught_by=test_job_that_raises_goes_unheard)
def program_that_asks_for_answers(patch):
    """The program asks for the answer of each job."""
    patch.here(FAILING=FAILING.replacing("(doze, (job,))", "(doze, (job,)).get()"))


@saboteur(caught_by=test_library_raises_what_a_task_raised)
def library_that_loses_the_traceback(patch):
    """The exception arrives bare."""
    patch.setattr(pools, "settle", process_broken.settle_without_a_traceback)


@saboteur(caught_by=test_library_raises_the_first_of_several)
def library_that_raises_the_last(patch):
    """The library looks for exceptions from the last item on."""
    run_tasks = pools.run_tasks
    patch.setattr(pools, "run_tasks", lambda task, items, **options: run_tasks(task, items[::-1], **options))


@saboteur(caught_by=test_library_begins_no_task_after_an_exception)
def library_that_runs_all_tasks_first(patch):
    """The library takes an exception for a value, and looks at it when all is done."""
    patch.setattr(pools, "Crew", pool_broken.CrewThatGoesOn)


@saboteur(caught_by=test_library_outlives_a_task_that_exits)
def library_that_takes_an_exit_for_a_value(patch):
    """The library returns nothing for a task that exits."""
    patch.setattr(pools, "settle", lambda *_: None)
