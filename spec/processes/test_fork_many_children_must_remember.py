"""A process may have many children at a time, and has to keep their ids to tell them apart."""

from pathlib import Path

from hypothesis import strategies

from spec.processes.targets import fork_broken, fork_library, fork_library_broken, fork_relatives
from spec.support import Claim, Condition, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, has_proc
from spec.support.properties import for_any

claim = Claim(
    zh="一个进程可以同时有许多子进程，要分得清它们，就得自己留着每一个的编号。",
    decides={"fork.many-children-must-remember": 41},
    ruling=HoldsIf(
        condition="the parent wants to address a certain child before it has ended",
        because="a wait for any child returns the id of whichever has ended, and on Linux the kernel lists "
        "the children; what may not be left out is the wait itself, for until then an ended child "
        "remains as a zombie",
        correction=Text(
            en="Waiting for any child tells the ids, remembered or not; what a parent must not forget is to wait.",
            zh="等待任意一个子进程时，系统会告诉父进程结束的是哪一个，记不记编号都行；真正不能忘的是等待本身。",
        ),
        references=["https://man7.org/linux/man-pages/man2/wait.2.html"],
    ),
    needs=[can_fork],
)

lists_children = Condition(
    "the kernel lists a thread's children",
    lambda: "" if Path("/proc/thread-self/children").exists() else "no /proc/thread-self/children",
)

SIZE = 5
any_codes = strategies.lists(strategies.integers(0, 255), min_size=2, max_size=4)


def test_children_live_at_one_time(clean_room, evidence):
    """Five children of one process live at one time, each under an id of its own, as fork returned it."""
    family = clean_room.run(fork_relatives.raise_a_family, SIZE)
    evidence.figures("children alive at one time", {f"child {n}": pid for n, pid in enumerate(family.remembered, 1)})

    assert len(set(family.own)) == SIZE
    assert sorted(family.own) == sorted(family.remembered)


def test_waiting_for_any_tells_each_id(clean_room, evidence):
    """A parent that waits for whichever child ends is told the ids of them all."""
    family = clean_room.run(fork_relatives.raise_a_family, SIZE)
    evidence.figures("in the order of their ends", {f"wait {n}": pid for n, pid in enumerate(family.reaped, 1)})

    assert sorted(family.reaped) == sorted(family.remembered)


@needs(lists_children)
def test_the_kernel_lists_the_children(clean_room):
    """The kernel lists the living children of a process."""
    family = clean_room.run(fork_relatives.raise_a_family, SIZE)

    assert sorted(family.listed) == sorted(family.remembered)


@needs(has_proc)
def test_a_child_that_nobody_awaits_stays(clean_room):
    """A child that has ended remains as a zombie while its parent does not wait for it."""
    assert clean_room.run(fork_relatives.state_of_an_unawaited_child) == "Z"


def test_each_child_tells_its_own_code(clean_room):
    """Asked in any order, each child that the library started tells the exit code that it ended with."""

    @for_any(any_codes, examples=3)
    def tells_its_own(codes):
        ends = clean_room.run(fork_library.exits_of, codes)

        assert [end.code for end in ends] == codes
        assert {end.signal for end in ends} == {None}


def test_an_end_can_be_asked_again(clean_room):
    """A child's end, once known, is told as often as asked, and signals to it then reach nobody."""
    first, second = clean_room.run(fork_library.told_twice)

    assert (first.code, first.signal) == (7, None)
    assert second == first


def test_an_end_that_someone_else_heard_is_unknown(clean_room):
    """Where somebody else has reaped a child, the library's wait for it ends in ChildProcessError."""
    assert clean_room.run(fork_library.told_after_someone_else) == "ChildProcessError"


@saboteur(caught_by=test_children_live_at_one_time)
def children_with_one_id(patch):
    """Every child takes itself for its parent."""
    patch.in_child(fork_broken.ids_from_before_the_fork)


@saboteur(caught_by=test_waiting_for_any_tells_each_id)
def children_of_a_middleman(patch):
    """Fork makes grandchildren, and a middleman for each."""
    patch.in_child(fork_broken.fork_through_a_middleman)


@saboteur(caught_by=test_the_kernel_lists_the_children)
def list_of_middlemen(patch):
    """The kernel lists the middlemen."""
    patch.in_child(fork_broken.fork_through_a_middleman)


@saboteur(caught_by=test_a_child_that_nobody_awaits_stays)
def kernel_that_reaps(patch):
    """The kernel forgets a child as soon as it ends."""
    patch.in_child(fork_broken.kernel_that_reaps)


@saboteur(caught_by=test_each_child_tells_its_own_code)
def ends_in_the_order_of_asking(patch):
    """Whoever asks first is told of the child that was started first."""
    patch.here(any_codes=strategies.just([3, 4]))
    patch.in_child(fork_library_broken.ends_in_the_order_of_asking)


@saboteur(caught_by=test_an_end_can_be_asked_again)
def end_that_is_told_once(patch):
    """A child's end is forgotten once it is told."""
    patch.in_child(fork_library_broken.end_that_is_told_once)


@saboteur(caught_by=test_an_end_that_someone_else_heard_is_unknown)
def end_that_is_made_up(patch):
    """A child whose end nobody knows counts as having ended well."""
    patch.in_child(fork_library_broken.end_that_is_made_up)
