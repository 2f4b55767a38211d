"""The os module hands the kernel's calls about processes to Python as they are, and fork is one of them."""

from spec.processes.targets import fork_broken, fork_kernel
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, has_proc

claim = Claim(
    zh="os 模块把内核中与进程有关的调用原样交给 Python 使用，fork 就是其中之一。",
    decides={"fork.syscall-exists": 39, "fork.os-wraps-syscalls": 43},
    ruling=Holds(),
    needs=[can_fork],
)


@needs(has_proc)
def test_the_kernel_knows_the_forked_process(clean_room, evidence):
    """While a forked child lives, the kernel lists it as a child of its caller, running the same program."""
    caller, child, entry = clean_room.run(fork_kernel.entry_of_a_child)
    evidence.figures(
        "the kernel's entry of a forked child", {name: str(value) for name, value in entry._asdict().items()}
    )

    assert entry.pid == child
    assert entry.parent == caller
    assert entry.same_program


def test_ids_are_the_c_librarys(clean_room, evidence):
    """What os answers about a process, its parent, its user and its group is what the C library answers."""
    by_os, by_c_library = clean_room.run(fork_kernel.ids_by_os_and_c_library)
    evidence.figures("answers", {name: f"os: {by_os[name]}, C library: {by_c_library[name]}" for name in by_os})

    assert by_os == by_c_library


def test_each_process_is_answered_for_itself(clean_room):
    """In a forked child, os and the C library agree on an id that is not its parent's."""
    parents, (by_os, by_c_library) = clean_room.run(fork_kernel.ids_in_a_child)

    assert by_os == by_c_library
    assert by_os != parents


@saboteur(caught_by=test_the_kernel_knows_the_forked_process)
def fork_that_starts_another_program(patch):
    """The call starts a fresh program that is no copy of the caller."""
    patch.in_child(fork_broken.fork_that_starts_a_sleeper)


@saboteur(caught_by=test_ids_are_the_c_librarys)
def os_that_answers_by_itself(patch):
    """The os module names the first process as the parent, whatever the kernel says."""
    patch.in_child(fork_broken.parent_that_is_always_init)


@saboteur(caught_by=test_each_process_is_answered_for_itself)
def id_that_is_kept_across_the_fork(patch):
    """The os module goes on with the id that it knew before the fork."""
    patch.in_child(fork_broken.ids_from_before_the_fork)
