"""Processes that each drive their own coroutines use all cores, and have many waits each in one thread."""

import math
import time
from contextlib import ExitStack

from concurrency_lib import processes
from spec.async_io.targets import coroutine_crews
from spec.async_io.targets.coroutine_crews import wait_at_once
from spec.processes.talking import pipe_between
from spec.support import Claim, Holds, measured, needs, saboteur
from spec.support.capabilities import can_fork, can_start_programs, has_proc, several_cores
from spec.support.deadlines import arrives, deadline
from spec.support.measuring import Sample, decide, recorded
from spec.support.runtime import usable_cores

claim = Claim(
    zh="多个进程各自驱动自己的协程，既能用满所有核心，又能让每个进程在一个线程里同时等待许多事情。",
    decides={"coro.multiprocess-plus": 582},
    ruling=Holds(),
    needs=[can_start_programs],
)

PROCESSES, COROUTINES = 2, 100
SECONDS = 0.02
N = min(usable_cores(), 4)
BUDGET = 3.0  # seconds


def samples(clean_room, evidence, processes):
    """Yield how many cores so many processes are on, or queue for, again and again; show the first run."""
    give_up, shown = time.monotonic() + BUDGET, False
    while time.monotonic() < give_up:
        shares = [cores_of(life) for life in clean_room.run(coroutine_crews.compute, processes, SECONDS)]
        if not shown:
            shown = True
            rows = {f"process {number}": (round(share, 2), "cores") for number, share in enumerate(shares, 1)}
            evidence.figures(f"one run of {processes} with {coroutine_crews.MEMBERS} coroutines each", rows)
        yield Sample(sum(shares))


def cores_of(life):
    """Return on how many cores a process was, or for how many it queued, on an average of its life."""
    return (life.used + (0.0 if math.isnan(life.queued) else life.queued)) / life.passed


def crews_at_once(context):
    """Let processes each have coroutines wait; return what they told while all waited, and in the end."""
    with ExitStack() as stack:
        ours, running = [], []
        for _ in range(PROCESSES):
            kept, given = stack.enter_context(pipe_between(context, duplex=True))
            ours.append(kept)
            start = processes.start(wait_at_once, given, COROUTINES, mp_context=context)
            running.append(stack.enter_context(start))
        told = [arrives(link, "word of coroutines that all wait") for link in ours]
        for link in ours:
            link.send("go on")
        return told, [process.result(deadline()) for process in running]


def test_each_process_waits_for_many_things_at_once(mp_context, evidence):
    """Two processes at the same time each have a hundred coroutines wait at once, in one thread each."""
    told, crews = crews_at_once(mp_context)
    evidence.figures("waiting at once, in one thread each", {f"process {crew.pid}": crew.at_once for crew in crews})

    assert told == [COROUTINES] * PROCESSES
    assert [(crew.at_once, crew.threads) for crew in crews] == [(COROUTINES, 1)] * PROCESSES
    assert len({crew.pid for crew in crews}) == PROCESSES


@measured
@needs(can_fork, has_proc, several_cores)
def test_processes_of_coroutines_want_all_cores(clean_room, evidence):
    """As many processes as there are cores, each with coroutines that compute by turns, want all of the cores."""
    cores = samples(clean_room, evidence, N)

    assert decide(cores, f"cores that {N} processes want", evidence, threshold=N - 0.5, unit="cores")


@measured
@needs(can_fork, has_proc, several_cores)
def test_one_process_of_coroutines_wants_one_core(clean_room, evidence):
    """Ten coroutines that compute in a single process want no more than one core."""
    cores = samples(clean_room, evidence, 1)

    assert not decide(cores, "cores that one process wants", evidence, threshold=1.5, unit="cores")


@saboteur(caught_by=test_each_process_waits_for_many_things_at_once, hangs=True)
def coroutines_in_line(patch):
    """In each process a coroutine begins when the one before it has ended."""
    patch.in_child(coroutine_crews.one_after_the_other)


@saboteur(caught_by=test_processes_of_coroutines_want_all_cores)
def processes_held_on_one_core(patch):
    """All processes together have one core's worth of work."""
    patch.here(samples=recorded(*[1.0] * 6))


@saboteur(caught_by=test_one_process_of_coroutines_wants_one_core)
def coroutines_on_cores_of_their_own(patch):
    """The coroutines of one process compute at the same instants."""
    patch.here(samples=recorded(*[1.97] * 6))
