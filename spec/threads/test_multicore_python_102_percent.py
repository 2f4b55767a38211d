"""Loops of Python code, in as many threads as there are cores, use about one core under an interpreter lock."""

import sysconfig

from spec.support import Claim, HoldsIf, Text, documents_word, measured, measured_alone, needs, saboteur
from spec.support.capabilities import can_fork, gil_is_on, has_threads, no_gil, several_cores
from spec.support.measuring import decide, recorded
from spec.support.runtime import usable_cores
from spec.threads.busy_cores import MANY, ONE_CORE, sampled, used, wanted
from spec.threads.targets import busy

claim = Claim(
    zh="有解释器锁时，线程数与核心数相同的纯 Python 循环，合起来也只用大约一个核心。",
    decides={"multicore.python-102-percent": 281},
    ruling=HoldsIf(
        condition=gil_is_on,
        because="a thread runs Python code only while it has the interpreter lock, so all of them together fill one "
        "core; a build without the lock fills as many cores as it has threads (two of two here)",
        correction=Text(
            en="On a free-threaded build the same threads run at the same instants, and use all of the cores.",
            zh="在自由线程构建上，同样这些线程会在同一瞬间各自运行，把所有核心都用起来。",
        ),
        references=[
            "https://peps.python.org/pep-0703/",
            "https://docs.python.org/3/howto/free-threading-python.html",
        ],
    ),
    needs=[can_fork, has_threads, several_cores],
)

SECONDS = 0.05
N = min(usable_cores(), MANY)

samples = sampled


@documents_word()
@measured_alone
def test_as_many_loops_as_cores_use_one_core(clean_room, evidence):
    """A loop of Python code in each of as many threads as there are cores keeps no more than about one core busy."""
    cores = samples(clean_room, evidence, used, busy.run, "xor", usable_cores(), SECONDS)

    assert not decide(cores, "cores in use", evidence, threshold=ONE_CORE, unit="cores")


@measured
@needs(no_gil)
def test_without_a_lock_they_want_a_core_each(clean_room, evidence):
    """Without an interpreter lock, threads that loop in Python code want a core each."""
    cores = samples(clean_room, evidence, wanted, busy.run, "xor", N, SECONDS)

    assert decide(cores, f"cores that {N} threads want", evidence, threshold=N - 0.5, unit="cores")


def test_the_lock_is_off_only_where_it_can_be(evidence):
    """Only a build that was made for it runs without its interpreter lock."""
    told = {"the lock is on": lock_is_on(), "the build can do without": can_do_without()}
    evidence.figures("this interpreter", told)

    assert lock_is_on() or can_do_without()


def lock_is_on():
    """Tell whether this interpreter has its lock on."""
    return gil_is_on.holds


def can_do_without():
    """Tell whether this interpreter was built to run without its lock, which another may have no word for."""
    return bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


@saboteur(caught_by=test_as_many_loops_as_cores_use_one_core)
def threads_without_a_lock(patch):
    """Every thread has a core for itself."""
    patch.here(samples=recorded(*[1.97] * 6))


@saboteur(caught_by=test_as_many_loops_as_cores_use_one_core, restores=True)
def threads_under_a_lock(patch):
    """The threads share one lock again."""
    patch.here(samples=recorded(*[1.01] * 6))


@saboteur(caught_by=test_without_a_lock_they_want_a_core_each)
def lock_that_is_still_there(patch):
    """The threads take turns, although no lock is said to be on."""
    patch.here(samples=recorded(*[1.01] * 6))


@saboteur(caught_by=test_the_lock_is_off_only_where_it_can_be)
def lock_that_is_said_to_be_off(patch):
    """An ordinary build says that its lock is off."""
    patch.here(lock_is_on=lambda: False, can_do_without=lambda: False)
