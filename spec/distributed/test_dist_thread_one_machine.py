"""Threads reach as far as the processors of one machine: whichever runs them, they are parts of one process there."""

import os
import threading
from pathlib import Path

from concurrency_lib.threads import run_together
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_pin, has_proc, has_threads, several_cores
from spec.support.deadlines import deadline
from spec.support.outcomes import raised_by

claim = Claim(
    zh="线程最远只能到一台机器的各个处理器：无论由哪个处理器执行，它们都是那台机器上同一个进程的一部分。",
    decides={"dist.thread-one-machine": 416},
    ruling=Holds(),
    needs=[has_threads, has_proc],
)

NO_PROCESSOR = 1_000_000


def go_to(processor):
    """Let the calling thread run on one processor alone."""
    os.sched_setaffinity(0, {processor})


def runs_on():
    """Return the processor that runs the calling thread."""
    told = Path(f"/proc/self/task/{threading.get_native_id()}/stat").read_text()
    return int(told.rpartition(")")[2].split()[36])


def whereabouts():
    """Return the calling thread's process, network and machine."""
    return os.getpid(), Path("/proc/thread-self/ns/net").readlink(), Path("/proc/sys/kernel/random/boot_id").read_text()


def meeting(number, tell):
    """Make threads that tell something while all of them live."""
    met = threading.Barrier(number)

    def member():
        met.wait(deadline())
        told = tell(), threading.get_native_id(), {path.name for path in Path("/proc/self/task").iterdir()}
        met.wait(deadline())
        return told

    return run_together(*[member] * number, stop=met.abort)


def test_all_threads_are_parts_of_one_process():
    """Threads that live at the same time have ids of their own, and are listed by the kernel under one process."""
    told = meeting(4, whereabouts)
    places, ids = {place for place, _, _ in told}, {str(number) for _, number, _ in told}

    assert len(ids) == 4
    assert places == {whereabouts()}
    assert all(ids <= listed for _, _, listed in told)


@needs(can_pin, several_cores)
def test_threads_run_on_each_processor_of_the_machine(evidence):
    """Threads of one process, each sent to another processor, are run by all the processors of the machine."""
    processors = sorted(os.sched_getaffinity(0))[:4]

    def member(processor):
        go_to(processor)
        return runs_on()

    found = run_together(*[lambda it=it: member(it) for it in processors])
    evidence.figures("which processor ran which thread", {f"thread {n}": it for n, it in enumerate(found, 1)})

    assert found == processors


@needs(can_pin)
def test_no_thread_leaves_the_machine():
    """A thread cannot be sent to a processor that is not one of its machine's."""
    (error,) = run_together(lambda: raised_by(go_to, NO_PROCESSOR))

    assert isinstance(error, (OSError, ValueError, OverflowError))


@saboteur(caught_by=test_all_threads_are_parts_of_one_process)
def threads_one_after_the_other(patch):
    """What are said to be several threads is one, again and again."""
    patch.here(meeting=lambda number, tell: [(tell(), threading.get_native_id(), {"1"})] * number)


@saboteur(caught_by=test_threads_run_on_each_processor_of_the_machine)
def threads_that_are_not_spread(patch):
    """Every thread is sent to the same processor."""
    first = min(os.sched_getaffinity(0))
    patch.here(go_to=lambda _: os.sched_setaffinity(0, {first}))


@saboteur(caught_by=test_no_thread_leaves_the_machine)
def processors_without_end(patch):
    """A thread can be sent anywhere."""
    patch.here(go_to=lambda _: None)
