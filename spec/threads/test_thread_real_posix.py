"""A thread of Python is a POSIX thread, not an emulation of one."""

import ctypes
import sys
from threading import Barrier, get_ident, get_native_id

from spec.support import Claim, Condition, HoldsIf, Text, documents_word, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline
from spec.threads.together import together


def _posix():
    try:
        ctypes.CDLL(None).pthread_self  # noqa: B018 - whether it is there
    except (AttributeError, TypeError, OSError) as error:
        return f"no pthread_self: {error}"
    return ""


claim = Claim(
    zh="Python 的线程就是 POSIX 线程，不是模拟出来的。",
    decides={"thread.real-posix": 200},
    ruling=HoldsIf(
        condition=Condition("the platform's threads are POSIX threads", _posix),
        because="Python takes whatever threads the platform has: on Windows these are that system's own, and "
        "where there are none, as in most WebAssembly builds, none can be started",
        correction=Text(
            en="A thread of Python is a thread of the platform: of POSIX on Unix, of Win32 on Windows.",
            zh="Python 的线程就是平台自带的线程：Unix 上是 POSIX 线程，Windows 上是 Win32 线程。",
        ),
        references=[
            "https://docs.python.org/3/library/_thread.html",
            "https://docs.python.org/3/library/sys.html#sys.thread_info",
        ],
    ),
    needs=[has_threads],
)


def own_posix_thread():
    """Return what POSIX calls the thread that asks."""
    ask = ctypes.CDLL(None).pthread_self
    ask.restype = ctypes.c_ulong
    return ask()


def answers_of_three(question):
    """Ask in three threads that live at once."""
    all_asked = Barrier(3)

    def answer_and_stay():
        answer = question()
        all_asked.wait(deadline())
        return answer

    with together(*[answer_and_stay] * 3) as running:
        return [each.value() for each in running]


@documents_word()
def test_python_and_posix_mean_the_same_thread(evidence):
    """The identifier of each thread is the one that POSIX has for it, and no two threads share one."""
    assert sys.thread_info.name == "pthread"

    answers = answers_of_three(lambda: (get_ident(), own_posix_thread()))
    evidence.figures(
        "Python's identifier, and that of POSIX",
        {f"thread {number}": f"{ours:#x} and {theirs:#x}" for number, (ours, theirs) in enumerate(answers, 1)},
    )

    assert len({ours for ours, _ in answers}) == 3
    assert [ours for ours, _ in answers] == [theirs for _, theirs in answers]


def test_each_is_a_thread_of_the_platform():
    """Each thread has a number of its own that the platform gave it."""
    numbers = {*answers_of_three(get_native_id), get_native_id()}

    assert len(numbers) == 4


@saboteur(caught_by=test_python_and_posix_mean_the_same_thread)
def identifiers_of_pythons_own(patch):
    """Python numbers its threads itself."""
    patch.here(get_ident=iter(range(3)).__next__)


@saboteur(caught_by=test_each_is_a_thread_of_the_platform)
def threads_that_are_emulated(patch):
    """Three threads run, in turn, within the one that asks."""
    patch.here(answers_of_three=lambda question: [question() for _ in range(3)])
