"""A forked child begins with its parent's values at the same addresses, and each goes its own way then."""

import pytest

from spec.processes.targets import fork_failures, fork_library_broken, fork_memory
from spec.processes.targets.fork_failures import StubbornError, TroubleError
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="fork 出来的子进程，一开始在相同的地址上有着与父进程相同的值；从那以后各改各的，互不影响。",
    decides={"fork.memory-copied": 39},
    ruling=HoldsIf(
        condition="the memory is private to the process",
        because="what was mapped as shared stays one memory for both, and so does the position in a file "
        "that was open; the copying itself is put off until one of the two writes, which nobody "
        "can see from inside",
        correction=Text(
            en="Private memory is copied; shared mappings, and the positions of open files, remain common to both.",
            zh="被复制的是进程私有的内存；共享映射以及已打开文件的读写位置，仍由父子双方共用。",
        ),
        references=["https://man7.org/linux/man-pages/man2/fork.2.html"],
    ),
    needs=[can_fork],
)


def test_same_values_at_the_same_address(clean_room, evidence):
    """The child finds an object with its value where the parent has it."""
    parents, childs = clean_room.run(fork_memory.look_in_both)
    evidence.figures(
        "address of one list", {"in the parent": hex(parents.address), "in the child": hex(childs.address)}
    )

    assert childs == parents


def test_changes_stay_where_they_are_made(clean_room, evidence):
    """After the fork neither of the two sees what the other changes."""
    parents, childs = clean_room.run(fork_memory.change_in_both)
    evidence.figures("one list afterwards", {"in the parent": ", ".join(parents), "in the child": ", ".join(childs)})

    assert parents == ["from before", "by the parent"]
    assert childs == ["from before", "by the child"]


def test_a_shared_mapping_remains_common(clean_room):
    """What the child writes into memory that was mapped as shared is there for the parent."""
    assert clean_room.run(fork_memory.write_into_a_mapping) == b"by the child"


def test_the_position_in_a_file_remains_common(clean_room):
    """When the child reads from a file that was open, the parent's position in it moves as well."""
    assert clean_room.run(fork_memory.read_in_the_copy) == 4


@pytest.mark.parametrize("kind", [TroubleError, KeyboardInterrupt])
def test_an_exception_crosses_as_a_likeness(clean_room, evidence, kind):
    """What the library's child raises is the cause of its parent's ChildFailed, the traceback a text."""
    heard = clean_room.run(fork_failures.hear_of, kind, "not enough room")
    evidence.transcript("heard by the parent", "wait()", heard.traceback, heard.kind)

    assert heard[:2] == (kind.__name__, "not enough room")
    assert "in give_up" in heard.traceback


def test_an_exception_that_cannot_cross_is_told(clean_room):
    """An exception that cannot be pickled is raised at the wait with its summary and traceback as text."""
    heard = clean_room.run(fork_failures.hear_of, StubbornError, "not enough room")

    assert "StubbornError: not enough room" in heard.text
    assert "in give_up" in heard.traceback


def test_a_long_report_arrives_whole(clean_room):
    """An exception whose text is longer than a pipe holds arrives as a whole."""
    heard = clean_room.run(fork_failures.hear_of, TroubleError, "x" * 200_000)

    assert heard[:2] == ("TroubleError", "x" * 200_000)


@saboteur(caught_by=test_same_values_at_the_same_address)
def copy_that_is_rebuilt(patch):
    """The child's objects are built anew."""
    patch.in_child(fork_memory.copy_that_is_rebuilt)


@saboteur(caught_by=test_changes_stay_where_they_are_made)
def thread_in_place_of_a_copy(patch):
    """The function runs in a thread of the same process."""
    patch.in_child(fork_memory.thread_in_place_of_a_copy)


@saboteur(caught_by=test_a_shared_mapping_remains_common)
def mapping_of_ones_own(patch):
    """The memory is mapped as private."""
    patch.in_child(fork_memory.mapping_of_ones_own)


@saboteur(caught_by=test_the_position_in_a_file_remains_common)
def file_opened_anew(patch):
    """The child opens the file for itself."""
    patch.in_child(fork_memory.file_opened_anew)


@saboteur(caught_by=test_an_exception_crosses_as_a_likeness)
def failure_without_a_cause(patch):
    """The parent hears that the child failed, and not of what."""
    patch.in_child(fork_library_broken.failure_without_a_cause)


@saboteur(caught_by=test_an_exception_that_cannot_cross_is_told)
def report_without_a_traceback(patch):
    """The parent hears what was raised, and not where."""
    patch.in_child(fork_library_broken.report_without_a_traceback)


@saboteur(caught_by=test_a_long_report_arrives_whole)
def report_cut_short(patch):
    """Of the child's report, only as much is read as a pipe holds."""
    patch.in_child(fork_library_broken.report_cut_short)
