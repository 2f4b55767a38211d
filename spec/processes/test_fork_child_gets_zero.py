"""Of the two processes that come back from fork, the child is handed zero and the parent the child's id."""

from spec.processes.targets import fork, fork_broken, fork_library, fork_library_broken
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="从 fork 返回的两个进程里，子进程得到的是零，父进程得到的是子进程的编号。",
    decides={"fork.child-gets-zero": 41, "fork.parent-gets-child-pid": 41},
    ruling=Holds(),
    needs=[can_fork],
)

FORKS = 8


def test_every_child_gets_zero(clean_room, evidence):
    """Fork returns zero in each of many children."""
    forks = clean_room.run(fork.fork_often, FORKS)
    evidence.figures("returned in each child", {f"process {done.child}": done.in_child for done in forks})

    assert [done.in_child for done in forks] == [0] * FORKS


def test_a_childs_child_gets_zero(clean_room):
    """Fork returns zero in a child's child as well, and in the child of that."""
    assert clean_room.run(fork.fork_in_generations, 3) == [0, 0, 0]


def test_the_parent_gets_the_childs_id(clean_room, evidence):
    """Fork returns in the parent the id by which the child knows itself, and by which it can be awaited."""
    forks = clean_room.run(fork.fork_often, FORKS)
    evidence.figures("returned in the parent", {f"for process {done.child}": done.in_parent for done in forks})

    assert [done.in_parent for done in forks] == [done.child for done in forks]
    assert [done.in_parent for done in forks] == [done.reaped for done in forks]


def test_a_started_child_carries_its_id(clean_room):
    """The `pid` of a child that the library started is the id by which the child knows itself."""
    told, own = clean_room.run(fork_library.ids_of_a_child)

    assert told == own


@saboteur(caught_by=test_every_child_gets_zero)
def answers_that_are_swapped(patch):
    """The caller gets zero, and the child an id."""
    patch.in_child(fork_broken.fork_that_swaps_its_answers)


@saboteur(caught_by=test_a_childs_child_gets_zero)
def answer_that_is_the_same_for_both(patch):
    """The child gets its own id, as its parent does."""
    patch.in_child(fork_broken.fork_that_tells_both_the_same)


@saboteur(caught_by=test_the_parent_gets_the_childs_id)
def parent_that_gets_its_own_id(patch):
    """The parent gets its own id."""
    patch.in_child(fork_broken.fork_that_tells_the_callers_id)


@saboteur(caught_by=test_a_started_child_carries_its_id)
def child_that_carries_its_parents_id(patch):
    """The library's child carries the id of its maker."""
    patch.in_child(fork_library_broken.child_with_its_parents_id)
