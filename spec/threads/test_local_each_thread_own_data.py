"""Each thread has the local names of its calls to itself, while the threads run one function at the same time."""

from functools import partial
from threading import Event

from concurrency_lib.thread_local import PerThread
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline, wait_until
from spec.support.frames import current_frames
from spec.threads.local_fragments import error_of
from spec.threads.local_handling import Failing, refusal_of
from spec.threads.local_lockstep import each, in_lockstep
from spec.threads.targets import local_library_broken
from spec.threads.together import together

claim = Claim(
    zh="几个线程同时执行同一个函数时，函数里的局部变量人手一份，各存各的值。",
    decides={"local.each-thread-own-data": 293},
    ruling=Holds(),
    needs=[has_threads],
)

NAMES = ["thread A", "thread B"]


def hold(number, came, may_go):
    """Keep a number in a local variable until told to go; return what is in it then."""
    kept = number
    came.append(number)
    may_go.wait(deadline())
    return kept


def hold_in_a_global(number, came, may_go):
    global kept  # noqa: PLW0603 - the sabotage
    kept = number
    came.append(number)
    may_go.wait(deadline())
    return kept


def frames_of(threads, function):
    """Return the frame in which each thread executes the function now."""
    frames = current_frames()
    return [frame_of(frames[thread.ident], function) for thread in threads]


def frame_of(frame, function):
    while frame is not None and frame.f_code is not function.__code__:
        frame = frame.f_back
    return frame


def test_at_one_moment_each_thread_has_a_value_of_its_own(evidence):
    """While two threads stand in one function, its variable has one value in one thread and another in the other."""
    came, may_go = [], Event()
    both = [partial(hold, number, came, may_go) for number in (1, 2)]
    with together(*both, names=NAMES, at_end=may_go.set) as threads:
        wait_until(lambda: len(came) == 2, "both threads in the function")
        frames = frames_of(threads, hold)
        seen = [frame.f_locals.get("kept") if frame else None for frame in frames]
        may_go.set()
        kept = [thread.value() for thread in threads]
    evidence.figures("the variable while both stand in the function", dict(zip(NAMES, seen, strict=True)))

    assert kept == [1, 2]
    assert seen == [1, 2]
    assert frames[0] is not frames[1]


def test_after_the_end_nothing_is_given():
    """When the owner has closed, a thread that asks is refused with a ValueError that names what is closed."""
    numbers = Failing()
    owner = PerThread(numbers.make, numbers.close)
    with in_lockstep("knows one", "is new") as threads:
        threads[0].do(owner.get)
        owner.close()
        refusals = each(threads, refusal_of, owner)

    assert refusals == ["PerThread of Failing.make: expected to be open, it is closed"] * 2
    assert numbers.attempts == 1


def test_what_cannot_be_made_is_tried_again():
    """An error in making reaches the thread that asks; nothing is left of it, and when asked again one is made."""
    numbers = Failing(making=(1,))
    with PerThread(numbers.make, numbers.close) as owner:
        first, second = error_of(owner.get), owner.get()

    assert (first, second) == (OSError, 2)
    assert numbers.closed == [2]


@saboteur(caught_by=test_at_one_moment_each_thread_has_a_value_of_its_own)
def variable_of_the_module(patch):
    """The function keeps its number in a variable of the module."""
    patch.here(hold=hold_in_a_global)


@saboteur(caught_by=test_after_the_end_nothing_is_given)
def library_that_goes_on(patch):
    """The library makes new resources after it has closed."""
    patch.setattr(PerThread, "_check", lambda _: None)


@saboteur(caught_by=test_what_cannot_be_made_is_tried_again)
def library_that_closes_what_failed(patch):
    """The library makes a second one, and closes both."""
    patch.setattr(PerThread, "_make_one", local_library_broken.make_after_a_failure)
