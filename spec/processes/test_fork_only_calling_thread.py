"""Of all the threads of a process, only the one that calls fork goes on in the child."""

import sys

import pytest

from spec.processes.targets import fork_threads
from spec.support import Claim, Condition, Holds, needs, saboteur
from spec.support.capabilities import can_fork, has_proc, has_threads

claim = Claim(
    zh="一个进程里不管有多少个线程，在 fork 出来的子进程里继续运行的只有调用 fork 的那一个。",
    decides={"fork.only-calling-thread": 39},
    ruling=Holds(),
    needs=[can_fork, has_threads],
)


def _version():
    if sys.implementation.name == "cpython" and sys.version_info >= (3, 12):
        return ""
    major, minor = sys.version_info[:2]
    return f"fork warns since CPython 3.12; this is {sys.implementation.name}, language {major}.{minor}"


warns_of_threads = Condition("fork warns a process that has several threads", _version)


def test_the_child_counts_one_thread(clean_room, evidence):
    """A process with two threads counts one in the child that either of them forks."""
    parents, childs = clean_room.run(fork_threads.look_in_both)
    evidence.figures("threads", {"in the parent": parents.counted, "in the child": childs.counted})

    assert (parents.counted, childs.counted) == (2, 1)


@needs(has_proc)
def test_the_kernel_counts_one_thread(clean_room, evidence):
    """The kernel shows one thread in the child of a process in which it shows two."""
    parents, childs = clean_room.run(fork_threads.look_in_both)
    evidence.figures(
        "threads in the kernel",
        {"in the parent": parents.in_the_kernel, "in the child": childs.in_the_kernel},
    )

    assert (parents.in_the_kernel, childs.in_the_kernel) == (2, 1)


def test_a_lock_stays_with_a_thread_that_is_gone(clean_room):
    """A lock that another thread held at the fork is taken in the child, and nobody is left to release it."""
    _, child = clean_room.run(fork_threads.look_in_both)

    assert not child.can_take_the_lock


@needs(warns_of_threads)
@pytest.mark.parametrize("make_a_child", [fork_threads.fork_here, fork_threads.start_here], ids=["fork", "start"])
def test_the_parent_is_warned(clean_room, make_a_child):
    """Fork, by itself or through the library, warns a process with several threads of a deadlock."""
    heard = clean_room.run(fork_threads.warnings_beside_a_thread, make_a_child)

    assert [kind for kind, _ in heard] == ["DeprecationWarning"]
    assert "deadlock" in heard[0][1]


@saboteur(caught_by=test_the_child_counts_one_thread)
def child_with_another_thread(patch):
    """The child goes on with two threads."""
    patch.in_child(fork_threads.fork_that_brings_a_thread)


@saboteur(caught_by=test_the_kernel_counts_one_thread)
def child_with_another_thread_in_the_kernel(patch):
    """The child has two threads as its parent does."""
    patch.in_child(fork_threads.fork_that_brings_a_thread)


@saboteur(caught_by=test_a_lock_stays_with_a_thread_that_is_gone)
def locks_freed_by_the_fork(patch):
    """The child finds the lock free."""
    patch.in_child(fork_threads.fork_that_frees_locks)


@saboteur(caught_by=test_the_parent_is_warned)
def fork_without_a_word(patch):
    """Fork warns of nothing."""
    patch.in_child(fork_threads.fork_without_a_word)
