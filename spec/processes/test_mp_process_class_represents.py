"""A Process object stands for one process of the system: its pid, whether it runs, and how it ended."""

import os
import signal
import sys
from functools import partial

import pytest
from hypothesis.strategies import integers, sampled_from

from concurrency_lib import processes
from spec.processes.letting_go import held
from spec.processes.multiprocessed import can_start_processes
from spec.processes.talking import pipe_between, running
from spec.processes.targets import process, process_broken
from spec.support import Claim, Holds, saboteur
from spec.support.deadlines import arrives, ends
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="一个 Process 对象对应系统里的一个进程：进程号是多少、是否还在运行、最后怎样结束，都可以问它。",
    decides={"mp.process-class-represents": 67},
    ruling=Holds(),
    needs=[can_start_processes],
)

SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGUSR1]


def start(process_object):
    process_object.start()


def test_object_has_the_pid_of_its_process(mp_context, evidence):
    """The object's pid is the one that the process finds for itself."""
    with pipe_between(mp_context) as (here, there), running(mp_context, process.tell, there, str) as child:
        pid, _ = arrives(here, "the child's pid")
        evidence.figures("one process", {"pid of the object": child.pid, "pid that the process finds": pid})

        assert child.pid == pid


def test_object_tells_whether_its_process_runs(mp_context):
    """While the process runs its object is alive without an exit code, and afterwards it is dead with one."""
    with held(mp_context, partial(running, mp_context)) as (child, _, let_go):
        assert (child.is_alive(), child.exitcode) == (True, None)

        let_go()
        ends(child)

        assert (child.is_alive(), child.exitcode) == (False, 0)


def test_object_starts_one_process_only(mp_context):
    """An object whose process has ended refuses to start another."""
    with running(mp_context, process.say, "once") as child:
        refusal = raised_by(start, ends(child))

    assert isinstance(refusal, AssertionError)


@pytest.mark.parametrize("signum", SIGNALS, ids=lambda signum: signum.name)
def test_exit_code_names_the_signal(mp_context, signum):
    """A process that a signal ended has that signal's number, negative, for an exit code."""
    with running(mp_context, process.end_by, signum) as child:
        assert ends(child).exitcode == -signum


def test_library_tells_any_exit_code(mp_context, evidence):
    """A process that ends before its function returns is a ProcessDied in the library, with its exit code."""
    heard = {}

    @for_any(integers(0, 255), sampled_from([sys.exit, os._exit]), examples=5)
    def arrives_as_it_was(code, way_out):
        heard[code] = died = raised_by(processes.run, way_out, code, mp_context=mp_context)

        assert isinstance(died, processes.ProcessDied)
        assert (died.exitcode, died.signal) == (code, None)

    evidence.figures("what the caller hears", {f"exit code {code}": str(died) for code, died in heard.items()})


@pytest.mark.parametrize("signum", SIGNALS, ids=lambda signum: signum.name)
def test_library_names_the_signal(mp_context, signum):
    """A process that a signal ends is a ProcessDied in the library, with the signal by name."""
    died = raised_by(processes.run, process.end_by, signum, mp_context=mp_context)

    assert isinstance(died, processes.ProcessDied)
    assert (died.exitcode, died.signal) == (-signum, signum)
    assert signum.name in str(died)


def test_library_keeps_account_of_its_process(mp_context):
    """A RunningProcess of the library tells the pid, whether its process runs, and at last the exit code."""
    with held(mp_context, partial(processes.start, mp_context=mp_context)) as (child, pid, let_go):
        meanwhile = (child.is_alive(), child.exitcode)
        let_go()
        child.result()

    assert child.pid == pid
    assert meanwhile == (True, None)
    assert (child.is_alive(), child.exitcode) == (False, 0)


@saboteur(caught_by=test_object_has_the_pid_of_its_process)
def process_that_takes_itself_for_its_parent(patch):
    """The process answers with the pid of the one that made it."""
    patch.in_child(process_broken.process_that_takes_itself_for_its_parent)


@saboteur(caught_by=test_object_tells_whether_its_process_runs)
def process_with_an_end_of_its_own(patch):
    """The process ends with an exit code although its function succeeds."""
    patch.in_child(process_broken.process_with_an_end_of_its_own)


@saboteur(caught_by=test_object_starts_one_process_only)
def object_that_starts_as_often_as_it_is_asked(patch):
    """The object begins anew when it is started again."""
    patch.here(start=lambda process_object: process_object.run())


@saboteur(caught_by=test_exit_code_names_the_signal)
def signal_that_is_a_code(patch):
    """The process exits with the signal's number, positive."""
    patch.in_child(process_broken.signal_that_is_a_code)


@saboteur(caught_by=test_library_tells_any_exit_code)
def library_that_tells_another_exit_code(patch):
    """The library is off by one in the exit code."""
    patch.setattr(processes, "ProcessDied", process_broken.DiedOtherwise)


@saboteur(caught_by=test_library_names_the_signal)
def library_that_knows_no_signals(patch):
    """The library reads every end as an exit."""
    patch.setattr(processes, "signal_of", lambda _: None)


@saboteur(caught_by=test_library_keeps_account_of_its_process)
def library_that_never_notices_the_end(patch):
    """A process of the library counts as running for ever."""
    patch.setattr(processes.RunningProcess, "is_alive", lambda _: True)
