"""What managers let pass between the processes of several machines is objects, in so far as they have a pickle."""

import pickle
import sys
import sysconfig
import zlib

from concurrency_lib._remote import Failure, Success
from concurrency_lib.task_server import RemoteError, mastering
from concurrency_lib.task_server import working as library
from spec.distributed.hosts_probed import has_another_interpreter
from spec.distributed.targets import tasking_calls, tasking_reuse
from spec.distributed.tasking import serving, working
from spec.distributed.tasking_commands import another_interpreter, command
from spec.support import Claim, HoldsIf, Text, needs, saboteur, slow
from spec.support.capabilities import can_fork, can_start_programs
from spec.support.outcomes import raised_by

claim = Claim(
    zh="管理器让各台机器上的进程彼此传递对象，条件是对象能够被 pickle。",
    decides={"dist.managers-distribute": 418},
    ruling=HoldsIf(
        condition="the processes have been started on their machines, and what passes between them has a pickle",
        because="a manager distributes neither programs nor processes: values pass by their pickles, functions by "
        "their names, so each machine must have the code already",
        correction=Text(
            en="Install the same code on each machine, start the processes there, and let values and the names of "
            "functions pass.",
            zh="在每台机器上装好同样的代码并启动进程，网络上只传值和函数的名字。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#programming-guidelines",
            "https://docs.python.org/3/library/pickle.html#what-can-be-pickled-and-unpickled",
        ],
    ),
    needs=[can_fork],
)

interpreter_of_another_version = another_interpreter


def test_numbers_pass_a_manager(clean_room):
    """Numbers that one process puts into a manager's queue come out of it as they were."""
    found, _ = clean_room.run(tasking_reuse.doubled_by_network, [1, 2, 3])

    assert found == [2, 4, 6]


def test_what_has_no_pickle_is_told_by_name():
    """A task without a pickle is refused at the master; a result, or an exception, without one comes as an error."""
    with serving() as served, working(served), served.master() as master:
        sent = raised_by(master.submit, lambda _: 0, [1])
        master.submit(tasking_calls.without_a_pickle, ["value", "exception"])
        errors = {result.index: raised_by(result.value) for result in master.results()}

    assert isinstance(sent, pickle.PicklingError)
    assert isinstance(errors[0], pickle.PicklingError)
    assert isinstance(errors[1], RemoteError)
    assert "Unspeakable" in errors[1].summary


def test_an_exception_comes_with_its_traceback():
    """A call's exception is raised where its value is asked for, with the worker's traceback as its cause."""
    with serving() as served, working(served), served.master() as master:
        (error,) = [raised_by(result.value) for result in master.run(tasking_calls.fail_deep, ["here"])]

    assert isinstance(error, LookupError)
    assert error.args == ("here",)
    assert "in fail_deeper" in str(error.__cause__)


def test_a_task_cannot_end_its_worker():
    """A task that calls sys.exit ends itself; its worker does the next one."""
    with serving() as served, working(served), served.master() as master:
        errors = [raised_by(result.value) for result in master.run(tasking_calls.exit_or_not, [True, False])]

    assert [type(error).__name__ for error in errors] == ["RemoteError", "NoneType"]


def large():
    return bytes(50_000_000)


@slow("carries fifty megabytes twice over a connection")
def test_fifty_megabytes_pass():
    """An argument of fifty megabytes arrives whole."""
    with serving() as served, working(served), served.master() as master:
        (value,) = master.map(zlib.adler32, [large()])
    expected = zlib.adler32(bytes(50_000_000))

    assert value == expected


def without_its_cause(outcome, _):
    error = pickle.loads(outcome.pickled)
    raise error


@needs(can_start_programs, has_another_interpreter)
def test_another_version_of_python_works_along(evidence):
    """A worker that another version of Python runs does the tasks of a master that this one runs."""
    interpreter, version = interpreter_of_another_version()
    with serving() as served, served.master() as master:
        with command("work", "--address", "{}:{}".format(*served.address), interpreter=interpreter) as worker:
            values = list(master.map(sysconfig.get_config_var, ["py_version_short"]))
            served.server.close()
            code = worker.end()
        evidence.figures("where the tasks were done", {"Python": values[0], "exit code": code})

    assert values == [version] != [sysconfig.get_config_var("py_version_short")]
    assert code == 0


@saboteur(caught_by=test_numbers_pass_a_manager)
def texts_for_numbers(patch):
    """What comes out is what the numbers look like."""
    patch.in_child(tasking_reuse.queue_of_texts)


@saboteur(caught_by=test_what_has_no_pickle_is_told_by_name)
def result_that_is_nothing(patch):
    """A result without a pickle is taken for none."""
    attempt, nothing = library.attempt, Success(pickle.dumps(None))
    patch.setattr(library, "attempt", lambda *args: nothing if isinstance(attempt(*args), Failure) else attempt(*args))


@saboteur(caught_by=test_a_task_cannot_end_its_worker)
def exit_taken_for_success(patch):
    """A task that leaves the interpreter has the value None."""
    patch.setattr(library, "perform", lambda *_: library.attempt(int))


@saboteur(caught_by=test_fifty_megabytes_pass)
def large_things_cut(patch):
    """Of something large only the beginning arrives."""
    patch.here(large=lambda: bytes(1000))


@saboteur(caught_by=test_another_version_of_python_works_along)
def worker_of_the_same_version(patch):
    """The tasks are done by the master's own version of Python."""
    patch.here(interpreter_of_another_version=lambda: (sys.executable, "another"))


@saboteur(caught_by=test_an_exception_comes_with_its_traceback)
def exception_without_a_past(patch):
    """An exception comes back without what is known of its origin."""
    patch.setattr(mastering, "settle", without_its_cause)
