"""Any thread can change a variable that threads share, and whoever comes next finds what it has left."""

import contextvars
import threading
from types import SimpleNamespace

from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline
from spec.threads.at_once import NAMES, in_threads
from spec.threads.together import together

claim = Claim(
    zh="线程共用的变量谁都可以修改，后来的线程看到的就是前一个线程改过的值。",
    decides={"lock.any-thread-can-modify": 230},
    ruling=HoldsIf(
        condition="the variable is neither an attribute of a threading.local nor a context variable",
        because="a threading.local has other attributes in each thread, and a context variable that a thread sets is "
        "set in the context of that thread: under one name each thread changes something of its own",
        correction=Text(
            en="Any thread may change what all can reach; what a threading.local or a context variable holds, a "
            "thread changes for itself alone.",
            zh="大家都能访问到的变量，任何线程都可以改；而对 threading.local 的属性和上下文变量的修改，只对该线程自己"
            "有效。",
        ),
        references=[
            "https://docs.python.org/3/library/threading.html#thread-local-data",
            "https://docs.python.org/3/library/contextvars.html",
        ],
    ),
    needs=[has_threads],
)

NOBODY = "nobody"

Local = threading.local
whose = contextvars.ContextVar("whose", default=NOBODY)


class Board:
    """Something with a number on it."""

    number = 0


def test_each_thread_changes_what_the_one_before_left(evidence):
    """Threads that change one variable in turn find, each, what the one before has left."""
    board, found = Board(), []

    def count():
        found.append(board.number)
        board.number += 1

    for name in NAMES:
        with together(count, names=[name]):
            pass
    evidence.figures("found in turn", dict(zip([*NAMES, "the main thread"], [*found, board.number], strict=True)))

    assert [*found, board.number] == [0, 1, 2, 3]


def test_attributes_of_a_local_are_the_threads_own():
    """Threads that set an attribute of one threading.local each have their own, and the main thread has none."""
    local = Local()

    def set_and_read(name, all_have_set):
        local.name = name
        all_have_set.wait(deadline())
        return local.name

    assert in_threads(set_and_read) == NAMES
    assert not hasattr(local, "name")


def test_a_context_variable_is_set_for_the_thread_alone():
    """Threads that set one context variable each have their own value, and the main thread has what it had."""

    def set_and_read(name, all_have_set):
        whose.set(name)
        all_have_set.wait(deadline())
        return whose.get()

    assert in_threads(set_and_read) == NAMES
    assert whose.get() == NOBODY


@saboteur(caught_by=test_each_thread_changes_what_the_one_before_left)
def board_for_each_thread(patch):
    """Each thread has a board of its own."""
    patch.here(Board=type("OwnBoard", (threading.local,), {"number": 0}))


@saboteur(caught_by=test_attributes_of_a_local_are_the_threads_own)
def local_for_all(patch):
    """What is local to a thread is an ordinary object."""
    patch.here(Local=SimpleNamespace)


@saboteur(caught_by=test_a_context_variable_is_set_for_the_thread_alone)
def context_for_all(patch):
    """What a thread sets, it sets for all."""
    held = [NOBODY]
    patch.here(whose=SimpleNamespace(set=lambda name: held.__setitem__(0, name), get=lambda: held[0]))
