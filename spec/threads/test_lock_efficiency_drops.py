"""A section that threads go through one by one takes as many times longer as there are threads that wait in it."""

import threading
import time
from contextlib import nullcontext
from functools import partial

from spec.support import Claim, HoldsIf, Text, measured_alone, needs, saboteur
from spec.support.capabilities import gil_is_on, has_threads, no_gil, several_cores
from spec.support.measuring import decide, observed, recorded
from spec.threads.together import together

claim = Claim(
    zh="一段代码若只能由线程逐个通过，那么有多少线程在里面等待，总耗时大约就翻多少倍。",
    decides={"lock.efficiency-drops": 256},
    ruling=HoldsIf(
        condition="without the lock the threads would get on at the same time: they wait for something in the section, "
        "or compute on several cores without a GIL",
        because="where there is a GIL, threads that compute in Python take turns with or without a lock, and all that "
        "a lock costs them is its own operations",
        correction=Text(
            en="Hold a lock for the change of the shared data alone, and do the waiting outside of it; under a GIL do "
            "not expect computing threads to gain by leaving it out.",
            zh="只在修改共享数据的那一小段持锁，等待放到锁外去做；有 GIL 时，也别指望计算型线程去掉锁就会变快。",
        ),
        references=[
            "https://docs.python.org/3/glossary.html#term-global-interpreter-lock",
            "https://docs.python.org/3/library/threading.html#gil-and-performance-considerations",
        ],
    ),
    needs=[has_threads],
)

THREADS = 4
WAITING = 0.008  # seconds that a thread waits inside the section
LOOPS = 60_000

samples = observed


def slowdown(work, threads):
    """Return how many times longer threads take for some work with a lock than without."""
    return seconds(work, threads, threading.Lock()) / seconds(work, threads, nullcontext())


def seconds(work, threads, lock):
    """Return the time from when the first of the threads asks for the section until the last has left it."""
    asked, left = [], []

    def go_through():
        asked.append(time.perf_counter())
        with lock:
            work()
        left.append(time.perf_counter())

    with together(*[go_through] * threads):
        pass
    return max(left) - min(asked)


def wait():
    """Wait as for a disk, or for the network."""
    time.sleep(WAITING)


def compute():
    """Compute in Python alone."""
    number = 1
    for _ in range(LOOPS):
        number = number * 5 % 8191


@measured_alone
def test_waiting_inside_adds_up(evidence):
    """Four threads that wait in a section take more than twice as long with a lock as without."""
    ratios = samples(partial(slowdown, wait, THREADS))

    assert decide(ratios, "time with a lock, by time without: waiting", evidence, threshold=2)


@measured_alone
@needs(gil_is_on)
def test_computing_under_a_gil_loses_little(evidence):
    """Under a GIL threads that compute in a section take less than half as long again with a lock as without."""
    ratios = samples(partial(slowdown, compute, 2))

    assert not decide(ratios, "time with a lock, by time without: computing", evidence, threshold=1.5)


@measured_alone
@needs(no_gil, several_cores)
def test_computing_without_a_gil_loses_the_other_core(evidence):
    """Without a GIL two threads that compute in a section take more than 1.2 times as long with a lock."""
    ratios = samples(partial(slowdown, compute, 2))

    assert decide(ratios, "time with a lock, by time without: computing", evidence, threshold=1.2)


@saboteur(caught_by=test_waiting_inside_adds_up)
def lock_that_costs_nothing(patch):
    """Threads wait together, lock or no lock."""
    patch.here(samples=recorded(1.0, 1.1, 0.9, 1.0, 1.1, 1.0))


@saboteur(caught_by=test_computing_under_a_gil_loses_little)
def threads_that_compute_at_once(patch):
    """Two threads compute at the same time as soon as there is no lock."""
    patch.here(samples=recorded(1.9, 2.0, 1.8, 1.9, 2.0, 1.9))


@saboteur(caught_by=test_computing_without_a_gil_loses_the_other_core)
def threads_that_take_turns(patch):
    """Two threads take turns even without a lock."""
    patch.here(samples=recorded(1.0, 1.1, 0.9, 1.0, 1.1, 1.0))
