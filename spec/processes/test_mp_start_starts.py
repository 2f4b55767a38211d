"""A Process makes its process when it is started and not before, and in that its function runs."""

import os
from pickle import PicklingError

from concurrency_lib import processes
from spec.processes.multiprocessed import can_start_processes
from spec.processes.talking import pipe_between, prepared
from spec.processes.targets import process, process_broken
from spec.processes.values import PICKLABLE
from spec.support import Claim, Holds, saboteur
from spec.support.deadlines import arrives, ends
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="Process 对象要等到 start() 才真正产生进程，交给它的函数就在那个新进程里运行。",
    decides={"mp.start-starts": 86, "mp.child-runs-function": 73},
    ruling=Holds(),
    needs=[can_start_processes],
)


def prepare(context, target, *args):
    return prepared(context, target, *args)


def start(child):
    child.start()


def test_nothing_runs_before_the_start(mp_context, tmp_path, evidence):
    """A Process that was not started has no pid and has done nothing, and once started works once."""
    marks = tmp_path / "marks"
    with prepare(mp_context, process.add_line, marks) as child:
        before = (child.pid, child.is_alive(), marks.exists())
        start(child)
        pid = ends(child).pid
    written = marks.read_text().split()
    evidence.figures("written", {"before the start": str(before[-1]), "after it": f"by {', '.join(written)}"})

    assert before == (None, False, False)
    assert written == [str(pid)]


def test_function_runs_in_the_child(mp_context, evidence):
    """The function finds itself in the process that was started, and not in the one that started it."""
    with pipe_between(mp_context) as (here, there), prepare(mp_context, process.tell, there, str) as child:
        start(child)
        pid, _ = arrives(here, "the pid in which the function runs")
        started = child.pid
    evidence.figures("one function", {"handed over by": os.getpid(), "ran in": pid})

    assert pid != os.getpid()
    assert pid == started


def test_library_runs_the_function_in_a_child(mp_context):
    """A function that the library runs finds itself in another process than its caller."""
    assert processes.run(os.getpid, mp_context=mp_context) != os.getpid()


def test_library_brings_back_any_value(mp_context):
    """Whatever the library hands to a process arrives there, and comes back, unchanged."""

    @for_any(PICKLABLE, examples=5)
    def is_unchanged(value):
        assert processes.run(process.say, value, mp_context=mp_context) == value


def test_library_names_a_value_that_cannot_come_back(mp_context):
    """A value that cannot be pickled is a PicklingError at the library's caller, which names the function."""
    error = raised_by(processes.run, process.make_a_lambda, mp_context=mp_context)

    assert isinstance(error, PicklingError)
    assert "make_a_lambda" in str(error)


def test_library_tells_of_an_exception_that_cannot_come_back(mp_context):
    """An exception that cannot be pickled is a RemoteError in the library, which tells its name and text."""
    error = raised_by(processes.run, process.complain_in_place, "too heavy", mp_context=mp_context)

    assert isinstance(error, processes.RemoteError)
    assert "Rooted: too heavy" in str(error)


@saboteur(caught_by=test_nothing_runs_before_the_start)
def object_that_cannot_wait(patch):
    """The function is called as soon as the object is made."""

    def prepare_and_call(context, target, *args):
        target(*args)
        return prepared(context, target, *args)

    patch.here(prepare=prepare_and_call)


@saboteur(caught_by=test_function_runs_in_the_child)
def start_that_makes_no_process(patch):
    """Starting calls the function where it is."""
    patch.here(start=lambda child: child.run())


@saboteur(caught_by=test_library_runs_the_function_in_a_child)
def library_that_makes_no_process(patch):
    """The library calls the function itself."""
    patch.setattr(processes, "run", lambda function, *args, **_: function(*args))


@saboteur(caught_by=test_library_brings_back_any_value)
def library_that_brings_back_a_description(patch):
    """The library hands over the value's text in its place."""
    settle = processes.settle
    patch.setattr(processes, "settle", lambda *outcome: repr(settle(*outcome)))


@saboteur(caught_by=test_library_names_a_value_that_cannot_come_back)
def library_that_drops_what_it_cannot_bring(patch):
    """The library returns nothing in place of what could not be carried."""
    patch.setattr(processes, "settle", lambda *_: None)


@saboteur(caught_by=test_library_tells_of_an_exception_that_cannot_come_back)
def library_that_tells_no_reason(patch):
    """The library says that something went wrong, and not what."""
    patch.setattr(processes, "settle", process_broken.fail_without_a_reason)
