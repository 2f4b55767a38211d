"""The main thread prints its last line after the thread it joins: nine lines in a fixed order, and five pauses."""

from threading import Event
from threading import enumerate as enumerate_threads

from concurrency_lib import threads
from spec.processes.multiprocessed import lanes_of_a_wait, went_on_only_when
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, can_start_programs, has_threads
from spec.support.deadlines import deadline
from spec.support.programs import run, sample
from spec.threads.targets import thread_interrupted

claim = Claim(
    zh="主线程 join 另一个线程之后才打印最后一行：一共九行，顺序固定，中间停顿五次。",
    decides={"thread.sample7-output": (206, 224)},
    ruling=Holds(),
    needs=[can_start_programs, has_threads],
)


class ImpatientMember(threads.Member):
    """A function in a thread that nobody waits for."""

    value = None

    def wait(self):
        """Do not wait."""


COUNTING = sample(__file__, "thread_counting")
COUNTS = [f"LoopThread counts {number}" for number in range(1, 6)]
PAUSE = 0.02  # seconds


def test_nine_lines_in_their_order(evidence):
    """The program prints the main thread's first line, seven of the other thread, and the main thread's last."""
    ran = run(COUNTING, "0").show(evidence, "a thread that counts to five")

    assert ran.lines == [
        "MainThread begins", "LoopThread begins", *COUNTS, "LoopThread ends", "MainThread ends"
    ]  # fmt: skip


def test_it_takes_its_five_pauses(evidence):
    """From its first line to its last the program takes as long as the five pauses of the other thread."""
    took = float(run(COUNTING, str(PAUSE)).errors)
    evidence.figures("duration", {"five pauses": (5 * PAUSE, "s"), "the program": (took, "s")})

    assert took >= 5 * PAUSE


def test_library_returns_after_the_end(evidence):
    """While a function is held the library's call does not return, and when it does no thread of it is left."""
    may_end, left = Event(), []

    def call_and_look():
        threads.run_together(lambda: may_end.wait(deadline()), names=["held"])
        left.extend(thread for thread in enumerate_threads() if thread.name == "held")

    waited, moments = went_on_only_when(may_end.set, call_and_look)
    evidence.timeline("a function and the call that runs it", lanes_of_a_wait("function", "call", moments), "ms")

    assert waited
    assert not left


@needs(can_fork)
def test_library_returns_after_the_end_even_if_interrupted(clean_room, evidence):
    """An interrupted call tells its functions to stop, and raises KeyboardInterrupt when they have ended."""
    interrupted = clean_room.run(thread_interrupted.interrupt, 1)
    steps = {f"step {number}": step for number, step in enumerate(interrupted.happened, 1)}
    evidence.figures("what happened after Control-C", steps)

    assert interrupted.happened == ["the functions are told to stop", "a function ends", "the call ends"]
    assert interrupted.raised == "KeyboardInterrupt"


@needs(can_fork)
def test_library_returns_after_the_end_even_if_interrupted_again(clean_room):
    """A call that is interrupted twice tells its functions to stop once, and ends when they have ended all the same."""
    interrupted = clean_room.run(thread_interrupted.interrupt, 2)

    assert interrupted.happened == ["the functions are told to stop", "a function ends", "the call ends"]


@needs(can_fork)
def test_library_forgets_no_failure_when_interrupted(clean_room):
    """What a function raises after the interruption is the cause of the KeyboardInterrupt."""
    interrupted = clean_room.run(thread_interrupted.interrupt, 1, ValueError)

    assert (interrupted.raised, interrupted.causes) == ("KeyboardInterrupt", ["ValueError"])


@saboteur(caught_by=test_nine_lines_in_their_order)
def main_thread_that_does_not_wait(patch):
    """The main thread goes on to its last line, for which the other thread waits."""
    unjoined = COUNTING.replacing("counter.join()", "pass")
    patch.here(COUNTING=unjoined.replacing("time.sleep(pause)", "threading.main_thread().join()"))


@saboteur(caught_by=test_it_takes_its_five_pauses)
def pauses_that_take_no_time(patch):
    """A pause is over at once."""
    patch.here(COUNTING=COUNTING.replacing("time.sleep(pause)", "pass"))


@saboteur(caught_by=test_library_returns_after_the_end)
def library_that_does_not_wait(patch):
    """The library's call returns when the threads have started."""
    patch.setattr(threads, "Member", ImpatientMember)


@saboteur(caught_by=test_library_returns_after_the_end_even_if_interrupted)
def interruption_that_ends_the_call(patch):
    """An interrupted call ends at once, and leaves its threads running."""
    patch.in_child(thread_interrupted.call_that_ends_at_once)


@saboteur(caught_by=test_library_returns_after_the_end_even_if_interrupted_again)
def second_interruption_that_ends_the_call(patch):
    """A call that is interrupted while it waits for its functions to stop ends at once."""
    patch.in_child(thread_interrupted.call_that_ends_the_second_time)


@saboteur(caught_by=test_library_forgets_no_failure_when_interrupted)
def failures_that_are_forgotten(patch):
    """The library forgets what its functions raised."""
    patch.in_child(thread_interrupted.failures_forgotten)
