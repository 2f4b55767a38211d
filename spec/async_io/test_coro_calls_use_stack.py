"""A call stands on a stack of frames, each of which leads to that of its caller."""

import sys

from spec.async_io.coroutine_calls import callers, tell_the_frame_below
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.outcomes import raised_by

claim = Claim(
    zh="函数调用靠一个帧栈实现：每一帧都指向调用者的那一帧。",
    decides={"coro.calls-use-stack": 543},
    ruling=HoldsIf(
        condition="the function runs; while a generator or coroutine waits, its frame is on no stack",
        because="a frame that is suspended leads to no caller, and stands on the stack of whoever resumes it next; and "
        "it is the interpreter's own: since 3.11 a Python function that calls another takes none of the machine's",
        correction=Text(
            en="Running calls form a stack; a suspended generator keeps its frame apart from it, which is what lets it "
            "go on later, under another caller.",
            zh="正在运行的调用构成一个栈；挂起的生成器把自己的帧留在栈外，所以日后可以在别的调用者那里接着运行。",
        ),
        references=[
            "https://docs.python.org/3/reference/datamodel.html#frame-objects",
            "https://docs.python.org/3/whatsnew/3.11.html#cheaper-lazy-python-frames",
        ],
    ),
)


def first():
    return second()


def second():
    return third()


def third():
    return callers()


def without_end(depth, found):
    found[0] = depth
    without_end(depth + 1, found)


def tell_callers():
    while True:
        yield callers()


def resume(generator):
    """Resume it, from a function with a name of its own."""
    return next(generator)


def resume_elsewhere(generator):
    """Resume it, from another function."""
    return next(generator)


def caller_while_suspended(generator):
    """Return the frame to which that of the generator leads."""
    return generator.gi_frame.f_back


def test_running_call_stands_on_its_callers(evidence):
    """While the third of three functions runs, its frame leads to the second's and that to the first's."""
    found = first()
    evidence.figures("frames of three functions, the innermost first", dict(enumerate(found[:3], 1)))

    assert found[:3] == ["third", "second", "first"]


def test_call_that_has_returned_is_off_the_stack():
    """A function that has returned is not among the frames of the next one that its caller calls."""
    first()

    assert third()[0] == "third"
    assert not {"first", "second"} & set(third())


def test_stack_has_a_limit(evidence):
    """Calls that never return come to the limit of the stack and end in RecursionError."""
    found = [0]
    error = raised_by(without_end, 1, found)
    evidence.figures("calls within calls", {"reached": found[0], "limit": sys.getrecursionlimit()})

    assert isinstance(error, RecursionError)


def test_generator_stands_on_whoever_resumes_it(evidence):
    """A generator that is resumed by one function and then by another stands on the one, then on the other."""
    talk = tell_callers()
    found = [resume(talk)[:2], resume_elsewhere(talk)[:2]]
    evidence.figures("under the generator stands", {"at first": found[0][1], "then": found[1][1]})

    assert found == [["tell_callers", "resume"], ["tell_callers", "resume_elsewhere"]]


def test_suspended_generator_has_no_caller():
    """The frame of a generator that is suspended leads to no other frame."""
    talk = tell_callers()
    resume(talk)

    assert caller_while_suspended(talk) is None


@saboteur(caught_by=test_running_call_stands_on_its_callers)
def call_that_comes_after_the_return(patch):
    """The second function returns the third, for the first one to call."""

    def first():
        return second()()

    def second():
        return third

    patch.here(first=first)


@saboteur(caught_by=test_call_that_has_returned_is_off_the_stack)
def calls_that_are_remembered(patch):
    """What the innermost call finds is kept, and found again by the next."""
    kept = []

    def third():
        kept.append(callers())
        return kept[0]

    patch.here(third=third)


@saboteur(caught_by=test_stack_has_a_limit)
def recursion_that_ends(patch):
    """The function gives up after ten calls."""
    patch.here(without_end=lambda depth, _: depth)


@saboteur(caught_by=test_generator_stands_on_whoever_resumes_it)
def generator_with_a_fixed_caller(patch):
    """Whoever resumes the generator does so through one and the same function."""
    patch.here(resume_elsewhere=resume)


@saboteur(caught_by=test_suspended_generator_has_no_caller)
def generator_looked_at_while_it_runs(patch):
    """The generator is resumed, and not suspended, when its frame is looked at."""
    patch.here(tell_callers=tell_the_frame_below, caller_while_suspended=next)
