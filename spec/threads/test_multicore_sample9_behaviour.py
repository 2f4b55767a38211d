"""A program that starts a looping thread for every core has all of these, and does not end by itself."""

import os

from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_start_programs, has_proc, has_threads
from spec.support.deadlines import wait_until
from spec.support.programs import sample
from spec.threads.busy_programs import running, seconds_used, threads_in

claim = Claim(
    zh="为每个核心各开一个空转线程的程序，会同时拥有全部这些线程，并且不会自行结束。",
    decides={"multicore.sample9-behaviour": (268, 279)},
    ruling=Holds(),
    needs=[can_start_programs, has_proc, has_threads],
)

BUSY = sample(__file__, "multicore_busy")
THREADS = os.cpu_count() or 1
A_TURN = 0.002  # seconds of processor time


def test_a_thread_for_every_core_beside_the_main_one(evidence):
    """The program comes to have one thread more than there are cores: its main thread is still there."""
    with running(BUSY) as program:
        threads = wait_until(
            lambda: program.poll() is not None or max(0, threads_in(program.pid) - THREADS), "all of the threads"
        )
        alive = program.poll() is None
        evidence.figures("the program", {"cores": os.cpu_count(), "threads": threads_in(program.pid)})

    assert alive
    assert threads == 1


def test_every_thread_gets_on_and_none_ends(evidence):
    """Each of the looping threads is given processor time, and the program lives on when all have had some."""
    with running(BUSY) as program:
        wait_until(lambda: program.poll() is not None or every_loop_has_had_a_turn(program.pid), "a turn for each")
        alive = program.poll() is None
        used = seconds_used(program.pid) if alive else []
        evidence.figures("time used", {f"thread {n}": (round(1000 * s, 1), "ms") for n, s in enumerate(used)})

    assert alive
    assert len(used) == THREADS + 1


def every_loop_has_had_a_turn(pid):
    """Tell whether every thread but the main one has used a little processor time."""
    used = seconds_used(pid)[1:] if threads_in(pid) > THREADS else []
    return used and min(used) > A_TURN


@saboteur(caught_by=test_a_thread_for_every_core_beside_the_main_one, hangs=True)
def core_that_is_left_out(patch):
    """The program starts a thread for every core but one."""
    patch.here(BUSY=BUSY.replacing("os.cpu_count() or 1", "(os.cpu_count() or 1) - 1"))


@saboteur(caught_by=test_every_thread_gets_on_and_none_ends, hangs=True)
def loops_that_wait(patch):
    """Every loop waits for something that does not come."""
    patch.here(BUSY=BUSY.replacing("    flag = 0\n", "    threading.Event().wait()\n    flag = 0\n"))
