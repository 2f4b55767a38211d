"""A thread that is killed, or ends the process at once, takes all the other threads along."""

import pytest

from spec.choosing.targets import models_crashes, working_broken, working_ends, working_failures
from spec.choosing.targets.models_crashes import CRASHES, ENDS, FAILURES
from spec.choosing.working_kinds import keep, of_every_kind
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.deadlines import deadline

claim = Claim(
    zh="一个线程被信号打死，或者直接结束了进程，同一进程里的其他线程全都跟着消失。",
    decides={"models.thread-crash-kills-process": 385},
    ruling=HoldsIf(
        condition="it dies of what befalls the process: a fatal signal, or a call that ends the process",
        because="an exception that nobody catches, or sys.exit, ends the thread that raised it and no other",
        correction=Text(
            en="An uncaught exception ends its own thread, and is told to threading.excepthook; the rest of the "
            "process goes on, unaware of it unless somebody asks.",
            zh="没人捕获的异常只会结束它自己的线程，并交给 threading.excepthook；进程里其余的线程照常运行，"
            "若没有人去问，甚至不知道出过事。",
        ),
        references=[
            "https://docs.python.org/3/library/threading.html#threading.excepthook",
            "https://man7.org/linux/man-pages/man7/signal.7.html",
        ],
    ),
    needs=[can_fork, has_threads],
)


@pytest.mark.parametrize("crash", CRASHES)
def test_crash_of_a_thread_ends_all_threads(clean_room, evidence, crash):
    """When a thread crashes the process ends of it, and the main thread has no time for a word."""
    life = clean_room.run(models_crashes.crash_in_a_thread, CRASHES[crash])
    evidence.figures(f"a thread ends in {crash}", {"the process ended": life.ended, "main thread": life.last_words})

    assert life == (ENDS[crash], "")


@pytest.mark.parametrize("failure", FAILURES)
def test_exception_ends_its_thread_only(clean_room, evidence, failure):
    """When a thread ends in an exception, or asks to exit, the main thread goes on, and the process ends well."""
    life = clean_room.run(models_crashes.crash_in_a_thread, FAILURES[failure])
    evidence.figures(f"a thread ends in {failure}", {"the process ended": life.ended, "main thread": life.last_words})

    assert life == (0, "survived")


@of_every_kind()
def test_exception_of_a_task_reaches_the_master(clean_room, evidence, tmp_path, kind):
    """An exception of a worker's task is that task's result, and names the line that raised it."""
    keep(clean_room, evidence, tmp_path, kind, working_failures.failure_traced)


@of_every_kind()
def test_run_raises_the_first_failure(clean_room, evidence, tmp_path, kind):
    """Of several failures a run raises the first in the order of the items, and no other task begins."""
    keep(clean_room, evidence, tmp_path, kind, working_failures.first_failure_raised)


@of_every_kind()
def test_task_that_exits_ends_no_worker(clean_room, evidence, tmp_path, kind):
    """A task that asks the interpreter to end has failed, and its worker executes the next."""
    keep(clean_room, evidence, tmp_path, kind, working_failures.exit_survived)


def test_no_thread_is_ended_from_outside(clean_room, tmp_path):
    """A team of threads waits, at the end of its block, for the tasks in progress, since no thread can be killed."""
    waited, ended = clean_room.run(working_ends.block_ended_before_its_task, tmp_path, deadline())

    assert waited
    assert ended


@saboteur(caught_by=test_no_thread_is_ended_from_outside)
def tasks_left_behind(patch):
    """The library leaves the block while a task goes on."""
    patch.in_child(working_ends.tasks_left_behind)


@saboteur(caught_by=test_crash_of_a_thread_ends_all_threads)
def crash_that_is_none(patch):
    """The thread does not crash."""
    patch.in_child(models_crashes.crash_that_is_none)


@saboteur(caught_by=test_exception_ends_its_thread_only)
def failure_that_kills(patch):
    """Whatever goes wrong in a thread ends the process."""
    patch.in_child(models_crashes.failure_that_kills)


@saboteur(caught_by=test_exception_of_a_task_reaches_the_master)
def failures_without_a_trace(patch):
    """The library makes a new exception of each, with a text that tells nothing."""
    patch.in_child(working_broken.failures_without_a_trace)


@saboteur(caught_by=test_run_raises_the_first_failure)
def run_that_goes_on(patch):
    """The library goes on to the last task before it tells of a failure."""
    patch.in_child(working_broken.run_that_goes_on)


@saboteur(caught_by=test_task_that_exits_ends_no_worker)
def exit_taken_for_a_value(patch):
    """The library takes a task that exits for one that returned nothing."""
    patch.in_child(working_broken.exits_hushed)
