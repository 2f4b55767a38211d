"""A child learns at any time who its parent is by asking the system for its parent's id."""

import ctypes
import os

from spec.processes.targets import fork_broken, fork_relatives, inheriting
from spec.support import Claim, Condition, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, has_proc, has_semaphores
from spec.support.deadlines import arrives, ends

claim = Claim(
    zh="子进程随时可以向系统询问父进程的编号，从而知道是谁创建了它。",
    decides={"fork.child-finds-parent-getppid": 41},
    ruling=HoldsIf(
        condition="the parent still lives, and has made the child itself",
        because="an orphan is handed to another process, and the system names that one from then on; and "
        "what multiprocessing's fork server makes, by default on Linux since 3.14, is the server's "
        "child",
        correction=Text(
            en="An orphan's parent is process 1 or the nearest sub-reaper; a child that multiprocessing "
            "made finds its maker through multiprocessing.parent_process() under every start method.",
            zh="孤儿进程的父进程会变成 1 号进程或最近的收养者；由 multiprocessing 创建的子进程，不论用哪种"
            "启动方式，都可以通过 multiprocessing.parent_process() 找到创建者。",
        ),
        references=[
            "https://man7.org/linux/man-pages/man2/getppid.2.html",
            "https://docs.python.org/3/library/multiprocessing.html#multiprocessing.parent_process",
        ],
    ),
    needs=[can_fork, has_proc],
)


def _adoption():
    try:
        return "" if ctypes.CDLL(None).prctl(37, ctypes.byref(ctypes.c_int()), 0, 0, 0) == 0 else "prctl refuses"
    except (AttributeError, OSError) as error:
        return str(error)


adopts_orphans = Condition("a process can ask the kernel for its descendants' orphans", _adoption)


def parents_of_a_child_of(context):
    """Return the parent's id as the system tells a child, and as multiprocessing does."""
    here, there = context.Pipe(duplex=False)
    with here, there:
        child = context.Process(target=inheriting.send_parents, args=(there,))
        child.start()
        found = arrives(here, "the ids of the child's parent")
        ends(child).close()
    return found


def test_a_child_finds_its_living_parent(clean_room, evidence):
    """While the process that forked it lives, a child finds that one as its parent."""
    told = clean_room.run(fork_relatives.lose_the_parent)
    evidence.figures("a child's parent", {"made by": told.maker, "while it lives": told.before})

    assert told.before == told.maker


def test_an_orphan_has_another_parent(clean_room, evidence):
    """When the process that forked it has ended, a child finds another process in its place."""
    told = clean_room.run(fork_relatives.lose_the_parent)
    evidence.figures("an orphan's parent", {"made by": told.maker, "afterwards": told.after})

    assert told.after not in (told.maker, told.asker)


@needs(adopts_orphans)
def test_an_orphan_falls_to_the_nearest_sub_reaper(clean_room, evidence):
    """An orphan's parent is the nearest of its ancestors that has asked the kernel for orphans."""
    told = clean_room.run(fork_relatives.lose_the_parent_and_adopt)
    evidence.figures("an orphan's parent", {"made by": told.maker, "sub-reaper": told.asker, "afterwards": told.after})

    assert told.after == told.asker


@needs(has_semaphores)
def test_a_fork_server_stands_in_between(every_context, evidence):
    """A child's parent is whoever asked for it, or else the fork server; its parent_process() is always who asked."""
    method = every_context.get_start_method()
    by_the_system, by_multiprocessing = parents_of_a_child_of(every_context)
    evidence.figures(
        "parents of the child",
        {"by the system": by_the_system, "by multiprocessing": by_multiprocessing, "who asked": os.getpid()},
    )

    assert (by_the_system == os.getpid()) == (method != "forkserver")
    assert by_multiprocessing == os.getpid()


@saboteur(caught_by=test_a_child_finds_its_living_parent)
def parent_that_is_always_init(patch):
    """The system names the first process to everyone."""
    patch.in_child(fork_broken.parent_that_is_always_init)


@saboteur(caught_by=test_an_orphan_has_another_parent)
def parent_that_is_remembered(patch):
    """The system goes on naming a parent that has ended."""
    patch.in_child(fork_broken.parent_that_is_remembered)


@saboteur(caught_by=test_an_orphan_falls_to_the_nearest_sub_reaper)
def orphans_that_fall_to_others(patch):
    """The sub-reaper is passed over."""
    patch.in_child(fork_broken.orphans_that_fall_to_others)


@saboteur(caught_by=test_a_fork_server_stands_in_between)
def child_adopted_at_birth(patch):
    """The system takes every child for an orphan."""
    patch.in_child(fork_broken.parent_that_is_always_init)


@saboteur(caught_by=test_a_fork_server_stands_in_between)
def child_that_was_not_told(patch):
    """The child has not been told who asked for it."""
    patch.in_child(inheriting.forget_who_asked)
