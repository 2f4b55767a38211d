"""Threads are of use in Python, lock or no lock: as many as are wanted wait at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor

from concurrency_lib.threads import run_together
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline

claim = Claim(
    zh="不管有没有解释器锁，Python 的线程照样有用：要多少个线程同时等待都可以。",
    decides={"gil.threads-usable": 289},
    ruling=Holds(),
    needs=[has_threads],
)

TWENTY = 20
WORKERS = TWENTY

run = run_together


def waits_for_all():
    """Make a function that waits until twenty wait in it, and tells whether they did."""
    all_wait = threading.Barrier(TWENTY, timeout=deadline())

    def wait():
        try:
            all_wait.wait()
        except threading.BrokenBarrierError:
            return False
        return True

    return wait


def test_twenty_threads_wait_at_once(evidence):
    """Twenty functions that each wait until all of them wait, run together in threads, come to their end."""
    met = run(*[waits_for_all()] * TWENTY)
    evidence.figures("threads", {"run together": TWENTY, "waited at the same time": sum(met)})

    assert met == [True] * TWENTY


def test_executor_has_its_tasks_wait_at_once(evidence):
    """Twenty tasks that each wait until all of them wait are done by an executor of twenty threads."""
    wait = waits_for_all()
    with ThreadPoolExecutor(WORKERS) as executor:
        met = [task.result() for task in [executor.submit(wait) for _ in range(TWENTY)]]
    evidence.figures("tasks of an executor", {"submitted": TWENTY, "waited at the same time": sum(met)})

    assert met == [True] * TWENTY


@saboteur(caught_by=test_twenty_threads_wait_at_once, hangs=True)
def functions_that_run_in_turn(patch):
    """A function is run when the one before it has returned."""
    patch.here(run=lambda *functions: [function() for function in functions])


@saboteur(caught_by=test_executor_has_its_tasks_wait_at_once, hangs=True)
def executor_of_one_thread(patch):
    """The executor has one thread for all tasks."""
    patch.here(WORKERS=1)
