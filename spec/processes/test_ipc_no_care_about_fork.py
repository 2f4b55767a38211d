"""Whoever uses multiprocessing need not know how its children are made."""

import multiprocessing
import os

from spec.processes.talking import pipe_between, running
from spec.processes.targets import inheriting
from spec.support import Claim, Refuted, Text, documents_word, saboteur
from spec.support.capabilities import can_fork, has_semaphores
from spec.support.deadlines import arrives, ends

claim = Claim(
    zh="使用 multiprocessing 的人不必了解子进程是怎样产生的。",
    decides={"ipc.no-care-about-fork": 194},
    ruling=Refuted(
        because="the call of fork is hidden, its effects are not: what a child finds in its memory, which "
        "process is its parent, and whether a lock is free there depend on how it was made",
        correction=Text(
            en="Write for a child that starts with nothing but its arguments: that works under every start "
            "method. Under fork it also inherits globals, open files and locks that nobody there will ever "
            "release.",
            zh="应当假定子进程除参数外一无所有，这样在任何启动方式下都行得通。在 fork 方式下，它还会继承全局"
            "变量、已打开的文件，以及在那里永远不会有人释放的锁。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods",
            "https://docs.python.org/3/library/os.html#os.fork",
        ],
    ),
    needs=[has_semaphores, can_fork],
)

AFRESH = "forkserver"
METHODS = ["fork", "forkserver", "spawn"]


def found_by_a_child(method):
    """Change a global, start a child, and return what it finds there, and which process is its parent."""
    context = multiprocessing.get_context(method)
    inheriting.STATE = "as changed since"
    try:
        with (
            pipe_between(context) as (here, there),
            running(context, inheriting.send_state_and_parent, there) as child,
        ):
            state, parent = arrives(here, "what the child found")
            ends(child)
    finally:
        inheriting.STATE = "as imported"
    return state, "its maker" if parent == os.getpid() else "another process"


@documents_word()
def test_a_child_finds_the_same_however_it_was_made(evidence):
    """A child finds the same globals and the same parent, whichever way it was started."""
    found = {method: found_by_a_child(method) for method in METHODS}
    evidence.figures("what a child finds", {how: ", child of ".join(what) for how, what in found.items()})

    assert len(set(found.values())) == 1


def test_a_lock_of_another_thread_stays_held_in_a_fork(clean_room, evidence):
    """A lock that a thread of the parent holds is held in a forked child too, where nobody can release it."""
    found = clean_room.run(inheriting.lock_found_by_a_child, "fork")
    evidence.figures("a lock that a thread of the parent holds", {"in a forked child": found})

    assert found == "held"


def test_a_lock_is_free_in_a_child_that_starts_afresh(evidence):
    """A lock that a thread of the parent holds is free in a child that was not forked from it."""
    found = inheriting.lock_found_by_a_child(AFRESH)
    evidence.figures("a lock that a thread of the parent holds", {f"in a child made by {AFRESH}": found})

    assert found == "free"


@saboteur(caught_by=test_a_child_finds_the_same_however_it_was_made, restores=True)
def one_way_only(patch):
    """There is only one way to start a child."""
    patch.here(METHODS=["fork"])


@saboteur(caught_by=test_a_lock_of_another_thread_stays_held_in_a_fork)
def fork_that_releases_locks(patch):
    """A fork copies every lock as a free one."""
    patch.in_child(inheriting.hold_no_lock)


@saboteur(caught_by=test_a_lock_is_free_in_a_child_that_starts_afresh)
def fresh_start_that_copies(patch):
    """A child that starts afresh is a copy of its parent."""
    patch.here(AFRESH="fork")
