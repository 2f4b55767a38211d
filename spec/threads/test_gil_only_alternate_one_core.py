"""Threads of one interpreter run their Python code in turns, and use about one core, while its lock is on."""

from spec.support import Claim, HoldsIf, Text, documents_word, measured, measured_alone, needs, saboteur
from spec.support.capabilities import can_fork, gil_is_on, has_threads, several_cores
from spec.support.deadlines import deadline
from spec.support.measuring import decide, recorded
from spec.threads.busy_cores import sampled, used, wanted
from spec.threads.targets import busy, gil_meeting

claim = Claim(
    zh="解释器锁开着的时候，同一个解释器里的各个线程只能轮流执行 Python 代码，一百个线程也只用大约一个核心。",
    decides={"gil.only-alternate-one-core": 285},
    ruling=HoldsIf(
        condition=gil_is_on,
        because="a hundred looping threads used about one core on every build with a lock, and all cores without "
        "one; and even with a lock it is true of Python code alone: code in C that lets go of the lock, interpreters "
        "with a lock each, and threads that wait are not bound by it",
        correction=Text(
            en="On a free-threaded build a hundred threads fill every core there is; and with a lock, threads that "
            "hash compute at the same time all the same.",
            zh="在自由线程构建上，一百个线程会占满所有核心；而即便有这把锁，做哈希运算的线程照样能同时计算。",
        ),
        references=[
            "https://docs.python.org/3/library/threading.html#gil-and-performance-considerations",
            "https://docs.python.org/3/library/hashlib.html#hashlib.hash.update",
            "https://peps.python.org/pep-0703/",
        ],
    ),
    needs=[can_fork, has_threads],
)

A_HUNDRED = 100
ABOUT_ONE = 1.6  # cores: a quarter of one is used up by ninety-nine threads that ask for the lock again and again
SECONDS = 0.05
PATIENCE = 0.01 if gil_is_on.holds else deadline()  # with a lock, for what will not come

samples = sampled


@documents_word()
@measured_alone
@needs(several_cores)
def test_a_hundred_threads_use_one_core(clean_room, evidence):
    """A hundred threads that loop in Python code keep no more than about one core busy."""
    cores = samples(clean_room, evidence, used, busy.run, "xor", A_HUNDRED, SECONDS)

    assert not decide(cores, "cores in use by a hundred threads", evidence, threshold=ABOUT_ONE, unit="cores")


def test_two_loops_meet_only_without_a_lock(clean_room, evidence):
    """Two threads that look for each other in loops, and never give a turn away, meet only where no lock is on."""
    met = clean_room.run(gil_meeting.threads_meet, PATIENCE)
    evidence.figures("two loops", {"a lock is on": gil_is_on.holds, "they met": met})

    assert met is not gil_is_on.holds


@measured
@needs(several_cores)
def test_hashing_threads_are_not_bound_by_it(clean_room, evidence):
    """Two threads that hash want more than one core, lock or no lock."""
    cores = samples(clean_room, evidence, wanted, busy.run, "digest", 2, SECONDS / 3)

    assert decide(cores, "cores that two hashing threads want", evidence, threshold=1.5, unit="cores")


@saboteur(caught_by=test_a_hundred_threads_use_one_core)
def threads_on_every_core(patch):
    """The threads run on every core there is."""
    patch.here(samples=recorded(*[1.96] * 6))


@saboteur(caught_by=test_a_hundred_threads_use_one_core, restores=True)
def threads_on_one_core(patch):
    """The threads take turns under a lock."""
    patch.here(samples=recorded(*[1.05] * 6))


@saboteur(caught_by=test_two_loops_meet_only_without_a_lock)
def runtime_of_the_other_kind(patch):
    """Loops meet under a lock, and miss each other without one."""
    patch.in_child(gil_meeting.giving_way if gil_is_on.holds else gil_meeting.one_at_a_time)


@saboteur(caught_by=test_hashing_threads_are_not_bound_by_it)
def hashing_that_keeps_the_lock(patch):
    """A thread that hashes keeps the lock, so that the other one waits."""
    patch.here(samples=recorded(*[1.02] * 6))
