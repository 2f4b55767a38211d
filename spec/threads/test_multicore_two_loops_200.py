"""Two loops that need no common lock keep two cores busy, and N of them are what it takes to fill N cores."""

from spec.support import Claim, HoldsIf, Text, measured, measured_alone, saboteur
from spec.support.capabilities import can_fork, has_threads, several_cores
from spec.support.measuring import decide, recorded
from spec.support.runtime import usable_cores
from spec.threads.busy_cores import MANY, sampled, used_in_turn, wanted
from spec.threads.targets import busy, busy_beside

claim = Claim(
    zh="两个不争同一把锁的循环能占满两个核心；要占满 N 个核心，就得有 N 个这样的循环。",
    decides={"multicore.two-loops-200": 262, "multicore.n-loops-fill-n": 264},
    ruling=HoldsIf(
        condition="the loops do not need one lock: they are processes, or code that works without the interpreter lock",
        because="two threads that hash were on 1.95 to 2.00 cores, or queued for them, on every runtime, as two "
        "processes were, and the same two threads kept one busy when each step was made under a lock; loops of "
        "Python code are under such a lock on the builds that most people use",
        correction=Text(
            en="What counts is not the number of loops but how many of them may go on at the same instant: a lock "
            "around each step leaves one core's worth of work, however many threads there are.",
            zh="要紧的不是循环的个数，而是同一瞬间有几个循环能往前走：每一步都套上同一把锁，再多线程也只用得掉一个核心。",
        ),
        references=[
            "https://docs.python.org/3/library/hashlib.html#hashlib.hash.update",
            "https://docs.python.org/3/glossary.html#term-global-interpreter-lock",
        ],
    ),
    needs=[can_fork, has_threads, several_cores],
)

SECONDS = 0.015
N = min(usable_cores(), MANY)

samples = sampled


@measured
def test_two_hashing_threads_want_two_cores(clean_room, evidence):
    """Two threads that hash are on two cores at nearly every instant, or queue for them."""
    cores = samples(clean_room, evidence, wanted, busy.run, "digest", 2, SECONDS)

    assert decide(cores, "cores that two hashing threads want", evidence, threshold=1.5, unit="cores")


@measured
def test_n_processes_want_n_cores(clean_room, evidence):
    """As many looping processes as there are cores want all of the cores."""
    cores = samples(clean_room, evidence, wanted, busy_beside.in_processes, N, SECONDS)

    assert decide(cores, f"cores that {N} processes want", evidence, threshold=N - 0.5, unit="cores")


@measured
def test_one_process_fewer_leaves_a_core(clean_room, evidence):
    """One looping process fewer leaves a core without work."""
    cores = samples(clean_room, evidence, wanted, busy_beside.in_processes, N - 1, SECONDS)

    assert not decide(cores, f"cores that {N - 1} want of {N}", evidence, threshold=N - 0.5, unit="cores")


@measured_alone
def test_a_lock_around_each_step_leaves_one_core(clean_room, evidence):
    """Two threads that hash, each step of both under one lock, keep no more than one core busy."""
    cores = samples(clean_room, evidence, used_in_turn, busy.run, "digest_alone", 2, 2 * SECONDS)

    assert not decide(cores, "cores in use under a lock", evidence, threshold=1.4, unit="cores")


@saboteur(caught_by=test_two_hashing_threads_want_two_cores)
def hashing_that_rests(patch):
    """Each step of hashing is a short sleep."""
    patch.here(samples=recorded(*[0.05] * 6))


@saboteur(caught_by=test_n_processes_want_n_cores)
def processes_held_on_one_core(patch):
    """All processes together have one core's worth of work."""
    patch.here(samples=recorded(*[1.0] * 6))


@saboteur(caught_by=test_one_process_fewer_leaves_a_core)
def process_that_loops_twice(patch):
    """A process has a second loop beside its own."""
    patch.here(samples=recorded(*[float(N)] * 6))


@saboteur(caught_by=test_a_lock_around_each_step_leaves_one_core)
def lock_that_admits_everyone(patch):
    """The lock around a step is granted to both threads at once."""
    patch.here(samples=recorded(*[1.98] * 6))
