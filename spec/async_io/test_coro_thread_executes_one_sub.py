"""At any moment a thread executes one function: the one that was called last and has not returned."""

import threading
from functools import partial

from spec.async_io.coroutine_calls import callers, entries_of, frames_of
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline
from spec.support.frames import current_frames
from spec.threads.together import together

claim = Claim(
    zh="任一时刻，一个线程只在执行一个函数：最后被调用而尚未返回的那一个。",
    decides={"coro.thread-executes-one-sub": 543},
    ruling=HoldsIf(
        condition="one moment is meant, and not the thread's life",
        because="over its life a thread executes as many functions as are called, one at a time; those that wait for "
        "the return of another have begun as well, but execute nothing meanwhile",
        correction=Text(
            en="A thread begins with one function and ends with its return; in between it executes, one at a time, "
            "whatever that calls.",
            zh="线程从一个函数开始，随它返回而结束；其间它依次执行这个函数所调用的一切，但每次只执行一个。",
        ),
        references=["https://docs.python.org/3/library/sys.html#sys._current_frames"],
    ),
    needs=[has_threads],
)


class Halt:
    """A place at which all threads halt while somebody looks at them."""

    def __init__(self, threads):
        self.all_there = threading.Barrier(threads + 1)
        self.may_go_on = threading.Event()

    def reach(self):
        """Wait here until the one who looks has seen enough."""
        self.all_there.wait(deadline())
        self.may_go_on.wait(deadline())


def reached_by_call(halt):
    reached_at_once(halt)


def reached_at_once(halt):
    halt.reach()


def look_three_times():
    return [look_first(), look_second(), look_third()]


def look_first():
    return callers()


def look_second():
    return callers()


def look_third():
    return callers()


def executed_while_halted(*functions):
    """Let each function run in a thread of its own; return for each which functions of this module it stands on."""
    halt = Halt(len(functions))
    with together(*[partial(function, halt) for function in functions], at_end=halt.may_go_on.set) as threads:
        halt.all_there.wait(deadline())
        return [stack_of(thread.ident) for thread in threads]


def stack_of(ident):
    """Return the functions of this module that a thread stands on, the innermost first."""
    frame = current_frames()[ident]
    while frame.f_code.co_name not in ("reached_at_once", "look_first"):
        frame = frame.f_back
    return [each.f_code.co_name for each in frames_of(frame)]


def test_each_thread_stands_in_one_function(evidence):
    """Of two threads that are looked at, each is in one function; the one that called it waits for its return."""
    stacks = executed_while_halted(reached_at_once, reached_by_call)
    rows = {f"thread {number}": " ← ".join(stack) for number, stack in enumerate(stacks, 1)}
    evidence.figures("the functions on each thread's stack, the executing one first", rows)

    assert stacks == [["reached_at_once"], ["reached_at_once", "reached_by_call"]]


def test_thread_executes_many_functions_in_its_life(evidence):
    """A thread that calls three functions executes the first, then the second, then the third, each alone."""
    with together(look_three_times) as (thread,):
        executed = thread.value()
    evidence.figures("the functions that one thread executed", {n: stack[0] for n, stack in enumerate(executed, 1)})

    assert executed == [[look, "look_three_times"] for look in ("look_first", "look_second", "look_third")]


def test_no_function_executes_beside_another():
    """The three are entered one after the other: none before the one before it has been left."""
    entries = entries_of(look_three_times, among={"look_first", "look_second", "look_third"})

    assert entries == [
        (did, look) for look in ("look_first", "look_second", "look_third") for did in ("enters", "leaves")
    ]


@saboteur(caught_by=test_each_thread_stands_in_one_function)
def call_that_is_left_out(patch):
    """The second thread halts as the first does, without a call in between."""
    patch.here(reached_by_call=reached_at_once)


@saboteur(caught_by=test_thread_executes_many_functions_in_its_life)
def function_that_does_the_work_of_all(patch):
    """The first function is called three times, and the others never."""
    patch.here(look_second=look_first, look_third=look_first)


@saboteur(caught_by=test_no_function_executes_beside_another)
def function_that_calls_the_next(patch):
    """The first function calls the second before it returns."""

    def look_first():
        return look_second()

    patch.here(look_first=look_first)
