"""The loop under the lock is printed as a fragment that does not run; completed, it leaves the balance at zero."""

from functools import partial
from pathlib import Path

from concurrency_lib.interleavings import Budget, explore
from spec.support import Claim, Refuted, Text, documents_word, saboteur
from spec.support.capabilities import can_start_programs, has_threads
from spec.support.programs import run, sample
from spec.threads.together import together

claim = Claim(
    zh="书中那段加锁的循环只是一个无法运行的片段；补全之后，余额最终为零。",
    decides={"lock.sample8-output": (234, 248)},
    ruling=Refuted(
        because="the fragment neither imports threading nor has the function that it calls, and so ends in a "
        "NameError as soon as it makes its lock; once both are added it does what it is meant to show",
        correction=Text(
            en="Import threading and write the function that adds and takes away: under the lock the balance is zero "
            "after any number of passes.",
            zh="补上 import threading，并写出那个先加后减的函数：在锁的保护下，无论循环多少次，余额都是零。",
        ),
        references=["https://docs.python.org/3/library/threading.html#lock-objects"],
    ),
    needs=[has_threads, can_start_programs],
)

FRAGMENT = sample(__file__, "lock_fragment")
COMPLETED = sample(__file__, "lock_completed")
WITH_ITS_IMPORT = FRAGMENT.replacing("savings = 0\n", "import threading\n\nsavings = 0\n")
ONE_PASS = COMPLETED.replacing("100_000", "1")
FEW = Budget(schedules=20)  # more than there are, unless the lock is broken


def defined_by(program):
    """Run a program, but for its main part, in this process; return the names that it defines."""
    names = {"__name__": program.name}
    path = Path(__file__).parent / "samples" / program.name
    exec(compile(program.source, str(path), "exec"), names)
    return names


def left_by(program):
    """Run a program's loop in two threads; return the balance that they leave."""
    names = defined_by(program)
    with together(partial(names["repeat"], 5), partial(names["repeat"], 8)):
        pass
    return names["savings"]


@documents_word(ends_in=NameError, match="threading")
def test_fragment_leaves_the_balance_at_zero():
    """The fragment as printed runs in two threads and leaves the balance at zero."""
    assert left_by(FRAGMENT) == 0


def test_with_its_import_a_function_is_missing():
    """With its import added the fragment still ends in a NameError, in the loop, and the lock is free afterwards."""
    names = defined_by(WITH_ITS_IMPORT)
    with together(partial(names["repeat"], 5)) as (loop,):
        error = loop.exception()

    assert isinstance(error, NameError)
    assert not names["guard"].locked()


def test_completed_program_leaves_zero(evidence):
    """Completed, the program goes 100,000 times through its loop in two threads, and leaves zero and a free lock."""
    ran = run(COMPLETED).show(evidence, "the fragment, completed")

    assert ran.lines == ["savings: 0", "lock: free"]


def test_completed_loop_loses_nothing_in_any_order():
    """One pass of the completed loop in each of two threads can take place in two orders, and both leave zero."""
    workers = [lambda names: names["repeat"](5), lambda names: names["repeat"](8)]
    found = explore(partial(defined_by, ONE_PASS), workers, lambda names: names["savings"] == 0, swap=True, budget=FEW)

    assert (found.schedules, found.failures, found.exhausted) == (2, 0, True)


@saboteur(caught_by=test_fragment_leaves_the_balance_at_zero, restores=True)
def fragment_that_is_complete(patch):
    """The fragment is printed with all that it needs."""
    patch.here(FRAGMENT=ONE_PASS)


@saboteur(caught_by=test_with_its_import_a_function_is_missing)
def lock_that_is_kept(patch):
    """The lock is not given back by a loop that ends in an error."""
    patch.here(WITH_ITS_IMPORT=WITH_ITS_IMPORT.replacing("guard.release()", "pass"))


@saboteur(caught_by=test_completed_program_leaves_zero)
def withdrawals_of_one_less(patch):
    """One less is taken away than was added."""
    patch.here(COMPLETED=ONE_PASS.replacing("savings - amount", "savings - amount + 1"))


@saboteur(caught_by=test_completed_loop_loses_nothing_in_any_order)
def lock_for_each_pass(patch):
    """The lock is given back before the change."""
    patch.here(
        ONE_PASS=ONE_PASS.replacing("guard.acquire()", "guard.acquire(), guard.release()").replacing(
            "finally:\n            guard.release()", "finally:\n            pass"
        )
    )
