"""Each process has a copy of its own of a variable, and no process changes another's."""

import multiprocessing.dummy
from contextlib import contextmanager

import pytest

from concurrency_lib import processes
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, has_semaphores
from spec.support.deadlines import arrives, deadline
from spec.threads.targets import sharing

claim = Claim(
    zh="同一个变量在每个进程里各有一份，任何进程都改不到别的进程的那一份。",
    decides={"lock.process-copies": 230},
    ruling=HoldsIf(
        condition="the variable was not made to be shared",
        because="a Value, an Array and a block of shared memory are memory that several processes have in common, "
        "and what one of them writes there, all find",
        correction=Text(
            en="Ordinary variables are copies; what processes are to have in common must be made for that, as "
            "Value, Array or SharedMemory, and then needs a lock as among threads.",
            zh="普通变量在各进程中互相独立；要让进程共用数据，就必须专门创建 Value、Array 或 SharedMemory，而这"
            "样的数据和线程间的变量一样需要加锁。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#sharing-state-between-processes",
            "https://docs.python.org/3/library/multiprocessing.shared_memory.html",
        ],
    ),
    needs=[has_semaphores],
)

TIMES = 1000


def world(context):
    """Return where the processes come from."""
    return context


@contextmanager
def counting_from_zero():
    """Have this process's variable begin at zero, and be zero afterwards."""
    sharing.reset()
    try:
        yield
    finally:
        sharing.reset()


def test_a_childs_changes_are_its_own(every_context, evidence):
    """A child that counts to a thousand in a variable of a module leaves its parent's at zero."""
    with counting_from_zero():
        childs = processes.run(sharing.add, TIMES, mp_context=world(every_context), timeout=deadline())
        evidence.figures("one variable", {"in the child": childs, "in the parent": sharing.count})

        assert (childs, sharing.count) == (TIMES, 0)


def test_a_parents_changes_are_its_own(mp_context, evidence):
    """What a parent writes while its child lives does not change the child's variable."""
    context = world(mp_context)
    ours, theirs = context.Pipe()
    with counting_from_zero(), ours, theirs:
        with processes.start(sharing.look_when_told, theirs, mp_context=context) as child:
            arrives(ours, "the child's word that it is there")
            sharing.add(TIMES)
            ours.send("look")
            childs = arrives(ours, "what the child has seen")
            child.result(deadline())
        evidence.figures("the same variable", {"in the parent": sharing.count, "in the child": childs})

        assert (sharing.count, childs) == (TIMES, 0)


@needs(can_fork)
@pytest.mark.parametrize("written_by_a_child", [sharing.value_of_child, sharing.array_of_child], ids=["Value", "Array"])
def test_what_is_made_to_be_shared_is_shared(clean_room, written_by_a_child):
    """What a child writes to a Value or an Array, its parent reads."""
    assert clean_room.run(written_by_a_child) == 1


@saboteur(caught_by=test_a_childs_changes_are_its_own)
def thread_in_place_of_a_child(patch):
    """The processes are threads, which share the module."""
    patch.here(world=lambda _: multiprocessing.dummy)


@saboteur(caught_by=test_a_parents_changes_are_its_own)
def thread_that_looks(patch):
    """The child that looks is a thread of its parent."""
    patch.here(world=lambda _: multiprocessing.dummy)


@saboteur(caught_by=test_what_is_made_to_be_shared_is_shared)
def additions_that_are_lost(patch):
    """The child writes back what it read."""
    patch.in_child(sharing.additions_without_effect)
