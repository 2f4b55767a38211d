"""A second thread does not speed up the work of Python code while the interpreter lock is on."""

from spec.support import Claim, HoldsIf, Text, documents_word, measured, measured_alone, saboteur
from spec.support.capabilities import can_fork, gil_is_on, has_threads, several_cores
from spec.support.measuring import decide, recorded
from spec.threads.busy_cores import held_up, sampled, speed_up_of_waiting
from spec.threads.targets import busy, busy_rivals

claim = Claim(
    zh="解释器锁开着的时候，再加一个线程也不会让纯 Python 的计算变快。",
    decides={"gil.no-multicore-hope": 289},
    ruling=HoldsIf(
        condition=gil_is_on,
        because="under a lock each of two threads stood still for half of its time, so that both together got no "
        "further than one alone; on a free-threaded build neither held the other up",
        correction=Text(
            en="On a free-threaded build each thread goes on at its own pace; and with a lock as well, threads that "
            "wait do their waiting at the same time.",
            zh="在自由线程构建上，每个线程各走各的；有锁时，若线程只是在等待，等待的时间照样可以重叠。",
        ),
        references=[
            "https://docs.python.org/3/howto/free-threading-python.html",
            "https://docs.python.org/3/library/threading.html#gil-and-performance-considerations",
        ],
    ),
    needs=[can_fork, has_threads, several_cores],
)

FASTER = 1.2  # times: it is nearly two where both rest at the same time, and one where they do not
HELD_UP = 0.25  # of a thread's time: half of it under a lock, and nothing without one
SECONDS = 0.05

samples = sampled


@documents_word()
@measured_alone
def test_each_of_two_threads_is_held_up_by_the_other(clean_room, evidence):
    """Each of two threads that loop in Python code stands still, with no need of a core, for much of its time."""
    shares = samples(clean_room, evidence, held_up, busy.run, "xor", 2, SECONDS)

    assert decide(shares, "share of its time for which a thread is held up", evidence, threshold=HELD_UP)


@measured
def test_second_resting_thread_saves_time(clean_room, evidence):
    """Two threads with a share of the rests each end much sooner than one thread that takes all of them."""
    ratios = samples(clean_room, evidence, speed_up_of_waiting, busy_rivals.run_with_a_rival, "rests", 2, SECONDS / 2)

    assert decide(ratios, "times that two resting threads are faster", evidence, threshold=FASTER, unit="×")


@saboteur(caught_by=test_each_of_two_threads_is_held_up_by_the_other)
def threads_on_two_cores(patch):
    """Each thread has a core, and goes on all the time."""
    patch.here(samples=recorded(*[0.01] * 6))


@saboteur(caught_by=test_each_of_two_threads_is_held_up_by_the_other, restores=True)
def threads_that_share_a_lock(patch):
    """The threads take turns under a lock."""
    patch.here(samples=recorded(*[0.49] * 6))


@saboteur(caught_by=test_second_resting_thread_saves_time)
def rest_that_keeps_the_lock(patch):
    """A thread that rests keeps the lock, so that the other one waits."""
    patch.here(samples=recorded(*[1.01] * 6))
