"""One function binds the guest for the current thread, and another, which is handed nothing, takes it from there."""

import inspect

from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.programs import sample
from spec.threads.local_fragments import defined_by, error_of
from spec.threads.local_lockstep import each, in_lockstep, show_acts

claim = Claim(
    zh="一个函数为当前线程绑定客人，另一个函数什么参数都不收，就能取出当前线程的那位客人。",
    decides={"local.sample12-comments": (350, 355)},
    ruling=Holds(),
    needs=[has_threads],
)

PROGRAM = sample(__file__, "local_greetings")


def functions_that_print_into(lines):
    """Return the program's functions, whose output goes into a list."""
    return defined_by(PROGRAM, print=lines.append)


def test_what_one_function_binds_the_other_finds(evidence):
    """A thread that has received a guest greets that one, though another thread has received its own meanwhile."""
    lines = []
    functions = functions_that_print_into(lines)
    with in_lockstep("desk-1", "desk-2") as (first, second):
        first.do(functions["receive"], "Ann")
        second.do(functions["receive"], "Ben")
        first.do(functions["greet"])
        show_acts(evidence, "two threads that receive a guest each", first, second)

    assert lines == ["welcome Ann (at desk-1)", "welcome Ben (at desk-2)", "welcome Ann (at desk-1)"]


def test_the_function_that_takes_is_handed_nothing():
    """The function that takes the guest has no parameter."""
    functions = functions_that_print_into([])

    assert not inspect.signature(functions["greet"]).parameters


def test_a_thread_that_bound_nobody_greets_nobody():
    """In a thread that has bound no guest, taking one is an AttributeError, and nobody is greeted."""
    lines = []
    functions = functions_that_print_into(lines)
    functions["receive"]("Eve")
    with in_lockstep("A", "B") as threads:
        errors = each(threads, error_of, functions["greet"])

    assert errors == [AttributeError] * 2
    assert len(lines) == 1


@saboteur(caught_by=test_what_one_function_binds_the_other_finds)
def guest_bound_for_all(patch):
    """The guest is bound to a plain object."""
    plain = "class Desk:\n    pass\n\n\ndesk = Desk()"
    patch.here(PROGRAM=PROGRAM.replacing("desk = threading.local()", plain))


@saboteur(caught_by=test_the_function_that_takes_is_handed_nothing)
def function_that_is_handed_the_guest(patch):
    """The function is handed the guest."""
    handed = PROGRAM.replacing("def greet():", "def greet(guest):")
    patch.here(PROGRAM=handed.replacing("    greet()", "    greet(guest)"))


@saboteur(caught_by=test_a_thread_that_bound_nobody_greets_nobody)
def greeting_for_anybody(patch):
    """The function greets whoever was received last."""
    last = "class Desk(threading.local):\n    pass\n\n\ndesk = Desk()"
    kept = PROGRAM.replacing("desk = threading.local()", last)
    patch.here(PROGRAM=kept.replacing("    desk.guest = guest", "    Desk.guest = guest"))
