"""Threads have their variables in common: what one of them reaches by a name, the others reach by it too."""

import threading

import pytest

from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline, ends
from spec.threads.at_once import NAMES, in_threads

claim = Claim(
    zh="各线程共用同一批变量：一个线程用某个名字找到的对象，其他线程用这个名字找到的也是它。",
    decides={"lock.threads-share-all": 230},
    ruling=HoldsIf(
        condition="the variable is not local to a call",
        because="what a call binds in its own frame, no other thread can name, even while it runs the same function: "
        "it is shared only as far as a closure, or something else that is shared, leads to it",
        correction=Text(
            en="Global variables, attributes, items, and what a closure holds are shared; the local variables of a "
            "call belong to it alone.",
            zh="全局变量、属性、容器中的元素以及闭包捕获的变量是共用的；一次调用中的局部变量则只属于这次调用。",
        ),
        references=["https://docs.python.org/3/reference/executionmodel.html#naming-and-binding"],
    ),
    needs=[has_threads],
)


noticeboard = {}


class Board:
    """Something to hang things on."""


def append(things, thing):
    """Do what a thread is asked to do with what it is handed."""
    things.append(thing)


def by_a_global_variable(things):
    global noticeboard  # noqa: PLW0603 - a global variable is what this is about
    noticeboard = things
    return lambda: noticeboard


def by_an_attribute(things):
    Board.things = things
    return lambda: Board.things


def by_a_closure(things):
    return lambda: things


def sign(things, name, all_have_signed):
    """Write one's name, wait until everybody has, and return whose names are there, and in which object."""
    things[name] = "was here"
    all_have_signed.wait(deadline())
    return sorted(things), id(things)


def keep(name, all_have_begun):
    """Keep a name in a variable of this call, wait until all threads are in this function, and return it."""
    kept = name
    all_have_begun.wait(deadline())
    return kept


@pytest.mark.parametrize("reached", [by_a_global_variable, by_an_attribute, by_a_closure])
def test_all_threads_write_in_the_same_object(reached, evidence):
    """By a global variable, an attribute or a closure all threads reach one object, and each sees what all wrote."""
    things = {}
    reach = reached(things)
    seen = in_threads(lambda name, barrier: sign(reach(), name, barrier))
    told = [f"{', '.join(found)} at {at:#x}" for found, at in seen]
    evidence.figures("who had signed, in which object", dict(zip(NAMES, told, strict=True)))

    assert seen == [(NAMES, id(things))] * len(NAMES)


def test_what_a_thread_is_handed_is_the_callers():
    """An object that a thread is given as an argument is the caller's own, and no copy."""
    things = []
    thread = threading.Thread(target=append, args=(things, "by the thread"))
    thread.start()
    ends(thread)

    assert things == ["by the thread"]


def test_variables_of_a_call_are_its_own():
    """Threads that are in one function at the same time each have their own value of its local variable."""
    assert in_threads(keep) == NAMES


@saboteur(caught_by=test_all_threads_write_in_the_same_object)
def threads_with_copies(patch):
    """Each thread signs a copy of its own."""
    shared = sign
    patch.here(sign=lambda things, name, barrier: shared(dict(things), name, barrier))


@saboteur(caught_by=test_what_a_thread_is_handed_is_the_callers)
def argument_that_is_copied(patch):
    """The thread appends to a copy of what it was given."""
    patch.here(append=lambda things, thing: [*things, thing])


@saboteur(caught_by=test_variables_of_a_call_are_its_own)
def name_kept_for_all(patch):
    """The name is kept where all threads keep theirs."""

    def keep_for_all(name, all_have_begun):
        noticeboard["kept"] = name
        all_have_begun.wait(deadline())
        return noticeboard["kept"]

    patch.here(keep=keep_for_all, noticeboard={})
