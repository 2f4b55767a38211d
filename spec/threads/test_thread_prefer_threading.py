"""`threading` looks after its threads: the interpreter waits for them at its end, and not for those of `_thread`."""

import pytest

from spec.support import Claim, Opinion, saboteur
from spec.support.capabilities import can_start_programs, has_threads
from spec.support.programs import run, sample

claim = Claim(
    zh="threading 会照管它的线程：解释器退出前会等它们结束；用 _thread 启动的线程，它是不等的。",
    decides={"thread.prefer-threading": 202},
    ruling=Opinion(
        because="which module suffices is for a program's author to say; what can be seen is a thing that the "
        "high-level one does and the low-level one leaves undone"
    ),
    needs=[can_start_programs, has_threads],
)

LEFT_ALONE = sample(__file__, "thread_left_alone")


def test_the_interpreter_waits_for_a_thread_of_threading(evidence):
    """A thread of `threading` that ends after the main thread comes to its end all the same."""
    ran = run(LEFT_ALONE, "Thread", "main thread").show(evidence, "a thread of threading")

    assert ran.lines == ["the main thread ends", "the other thread ends"]


@pytest.mark.parametrize("kind", ["_thread", "daemon"])
def test_the_interpreter_leaves_other_threads(kind, evidence):
    """While a thread of `_thread`, or a daemon, still waits for something, the interpreter ends without it."""
    ran = run(LEFT_ALONE, kind, "nothing that comes").show(evidence, f"{kind}, which the interpreter leaves")

    assert ran.lines == ["the main thread ends"]
    assert ran.status == 0


@saboteur(caught_by=test_the_interpreter_waits_for_a_thread_of_threading)
def interpreter_that_waits_for_no_thread(patch):
    """Every thread is left as a daemon is."""
    daemons = LEFT_ALONE.replacing('daemon=kind == "daemon"', "daemon=True")
    patch.here(LEFT_ALONE=daemons.replacing("threading.main_thread().join()", "threading.Event().wait()"))


@saboteur(caught_by=test_the_interpreter_leaves_other_threads, hangs=True)
def interpreter_that_waits_for_every_thread(patch):
    """Every thread is waited for as one of `threading` is."""
    patch.here(LEFT_ALONE=LEFT_ALONE.replacing('if kind == "_thread":', "if False:"))
