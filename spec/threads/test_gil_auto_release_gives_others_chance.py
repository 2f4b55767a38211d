"""The interpreter gives its lock away unasked, so that others get on, but only between the instructions of Python."""

from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork, gil_is_on, has_threads
from spec.support.deadlines import deadline
from spec.threads.targets import gil_calls

claim = Claim(
    zh="解释器会自己让出锁，好让别的线程有机会执行，但只在 Python 指令之间才让。",
    decides={"gil.auto-release-gives-others-chance": 285},
    ruling=HoldsIf(
        condition="the thread that has the lock runs instructions of Python, and is not within one long call of C",
        because="a call that neither ends nor lets go of the lock is one instruction: while one lasted, another "
        "thread did nothing at all here, however short an interval was asked for",
        correction=Text(
            en="A long call of C that keeps the lock, such as a sum over a range, a sort or a power of large "
            "numbers, stops all other threads until it is over.",
            zh="一次不放锁的 C 调用，例如对一个 range 求和、排序或大整数乘方，会让其他线程全部停下，直到调用结束。",
        ),
        references=[
            "https://docs.python.org/3/library/sys.html#sys.setswitchinterval",
            "https://docs.python.org/3/glossary.html#term-global-interpreter-lock",
        ],
    ),
    needs=[can_fork, has_threads],
)

CALLS = 3 if gil_is_on.holds else 5000  # without a lock, so many until both threads happen to be on a core


def test_loop_that_asks_for_nothing_lets_others_in(clean_room, evidence):
    """While a thread loops without ever giving its turn away, another thread gets on."""
    seen = clean_room.run(gil_calls.counts_during_a_loop, deadline())
    evidence.figures("what the loop saw of the other thread", {"different counts": seen})

    assert seen > 1


def test_long_call_lets_nobody_in(clean_room, evidence):
    """During one long call of C another thread stands still where a lock is on, and gets on where none is."""
    seen = clean_room.run(gil_calls.counts_during_one_call, CALLS)
    evidence.figures("what the call saw of the other thread", {"different counts": seen})

    assert (seen == 1) is gil_is_on.holds


@saboteur(caught_by=test_loop_that_asks_for_nothing_lets_others_in)
def turn_that_has_no_end(patch):
    """The loop keeps its turn to its end."""
    patch.in_child(gil_calls.heart_that_stands_still)


@saboteur(caught_by=test_long_call_lets_nobody_in)
def runtime_of_the_other_kind(patch):
    """The call lets others in where a lock is on, and stops them where none is."""
    other = gil_calls.calls_that_let_others_in if gil_is_on.holds else gil_calls.calls_that_hold_everybody_up
    patch.in_child(other)
