"""A program that uses multiprocessing stays the same on every platform that can start processes."""

import errno
import os

from concurrency_lib import processes
from spec.processes.multiprocessed import can_start_processes
from spec.processes.talking import pipe_between, running
from spec.processes.targets import process, process_broken
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork
from spec.support.deadlines import arrives, ends

claim = Claim(
    zh="用 multiprocessing 写的程序，在能启动进程的平台上都不用改写。",
    decides={"mp.cross-platform": 65},
    ruling=HoldsIf(
        condition="the platform can start processes",
        because="the interface is the same over fork, over a fork server and over fresh interpreters, which "
        "is all that Windows has; but on WebAssembly, Android and iOS there is nothing beneath it, and the "
        "interface can be there all the same",
        correction=Text(
            en="Where a platform starts no processes, the module may import and name a start method, and yet "
            "start() fails: only trying tells.",
            zh="平台若不能启动进程，模块也许照样能导入、能报出启动方式，但一调用 start() 就失败：只有试过才知道。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods",
            "https://docs.python.org/3/library/intro.html#webassembly-platforms",
        ],
    ),
    needs=[can_start_processes],
)


def child_of(context, function, *args):
    """Return the pid of a process of this context, and what a function returned in it."""
    with (
        pipe_between(context) as (here, there),
        running(context, process.tell, there, function, *args) as child,
    ):
        told = arrives(here, "what the child tells")
        ends(child)
    return told


def test_one_program_under_every_method(every_context, evidence):
    """The same lines get the same answer from a process of its own, whatever the start method."""
    pid, answer = child_of(every_context, divmod, 128, 3)
    evidence.figures("the answer of another process", {f"process {pid}": str(answer), "asked by": os.getpid()})

    assert answer == (42, 2)
    assert pid != os.getpid()


def test_library_runs_by_the_method_it_is_given(every_context, evidence):
    """The library's processes are of the context that it is handed."""
    pid, kind = processes.run(process.kind_of_process, mp_context=every_context)
    evidence.figures("what the library started", {f"process {pid}": kind})

    assert pid != os.getpid()
    assert kind == every_context.Process.__name__


@needs(can_fork)
def test_interface_is_there_where_no_process_is(clean_room, evidence):
    """Where the kernel refuses to make processes, a start method is named, and only the start fails."""
    found = clean_room.run(process.start_where_fork_is_refused)
    evidence.figures("multiprocessing without processes", found)

    assert found == {"start method": "fork", "start": errno.errorcode[errno.ENOSYS]}


@saboteur(caught_by=test_one_program_under_every_method)
def process_that_is_a_call(patch):
    """The function is called in the process that asks."""
    patch.here(child_of=lambda _, function, *args: (os.getpid(), function(*args)))


@saboteur(caught_by=test_library_runs_by_the_method_it_is_given)
def library_with_a_context_of_its_own(patch):
    """The library starts its processes by the default, whatever it is handed."""
    start = processes.start
    patch.setattr(processes, "start", lambda function, *args, **_: start(function, *args))


@saboteur(caught_by=test_interface_is_there_where_no_process_is)
def kernel_that_forks_after_all(patch):
    """The kernel makes the process that it was to refuse."""
    patch.in_child(process_broken.kernel_that_forks_after_all)
