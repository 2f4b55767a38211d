"""The same endless loop, written in C, fills as many cores as it has threads."""

import pytest

from spec.support import Claim, Holds, measured, saboteur
from spec.support.capabilities import can_fork, several_cores
from spec.support.measuring import decide, recorded
from spec.support.runtime import usable_cores
from spec.threads.busy_cores import MANY, sampled, wanted
from spec.threads.busy_programs import SOURCE, can_compile, compiled
from spec.threads.targets import busy_beside

claim = Claim(
    zh="同样的死循环用 C 语言来写，有几个线程就能占满几个核心。",
    decides={"multicore.c-java-fill-all": 283},
    ruling=Holds(),
    needs=[can_fork, can_compile, several_cores],
)

SECONDS = 0.012
N = min(usable_cores(), MANY)

samples = sampled


@pytest.fixture(scope="module")
def looping_program(tmp_path_factory):
    """The loop, compiled by the machine's compiler."""
    return compiled(SOURCE, tmp_path_factory.mktemp("compiled"))


@measured
def test_threads_in_c_want_a_core_each(clean_room, evidence, looping_program):
    """Threads that loop in machine code are on as many cores as there are threads, or queue for them."""
    cores = samples(clean_room, evidence, wanted, busy_beside.in_machine_code, looping_program, N, SECONDS)

    assert decide(cores, f"cores that {N} threads in C want", evidence, threshold=N - 0.5, unit="cores")


@measured
def test_one_thread_in_c_wants_one_core(clean_room, evidence, looping_program):
    """A single thread of the same program is never on more than one core."""
    cores = samples(clean_room, evidence, wanted, busy_beside.in_machine_code, looping_program, 1, SECONDS)

    assert not decide(cores, "cores that one thread in C wants", evidence, threshold=1.3, unit="cores")


@saboteur(caught_by=test_threads_in_c_want_a_core_each)
def threads_under_one_mutex(patch):
    """Each of the threads holds one mutex of all while it does a step."""
    patch.here(samples=recorded(*[1.02] * 6))


@saboteur(caught_by=test_one_thread_in_c_wants_one_core)
def compiler_that_adds_threads(patch):
    """The compiler makes two threads of one."""
    patch.here(samples=recorded(*[1.96] * 6))
