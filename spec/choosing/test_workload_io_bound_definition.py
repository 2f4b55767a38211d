"""Work that goes to the network or to a disk is bound by its input and output."""

from spec.choosing.workload_kinds import HALF, LITTLE, shares, shares_had
from spec.support import Claim, HoldsIf, Text, measured, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.measuring import decide, recorded

claim = Claim(
    zh="访问网络或磁盘的工作受限于 IO。",
    decides={"workload.io-bound-definition": 402},
    ruling=HoldsIf(
        condition="there is something to wait for: a peer that takes its time, or data that are not in memory yet",
        because="a file that was read before comes out of the system's memory, and to read it again keeps a core busy "
        "with copying; encryption and compression of what goes over a network are computing as well",
        correction=Text(
            en="What makes work bound by input and output is the waiting, not that it calls read or write.",
            zh="判断一项工作是否受限于 IO，要看它是不是在等，而不是看它有没有调用读写函数。",
        ),
        references=["https://man7.org/linux/man-pages/man2/posix_fadvise.2.html"],
    ),
    needs=[can_fork, has_threads],
)


@measured
def test_a_peer_that_takes_its_time_leaves_the_core_free(clean_room, evidence):
    """A thread that talks over a socket with a peer that takes milliseconds has a core for little of its time."""
    had = shares_had(clean_room, evidence, "asking")

    assert not decide(had, "share of the time for which it has a core", evidence, threshold=LITTLE)


@measured
def test_a_file_in_memory_keeps_the_core_busy(clean_room, evidence):
    """A thread that reads a file which the system has in memory wants a core for most of its time."""
    wanted = shares(clean_room, evidence, "reading a file")

    assert decide(wanted, "share of the time for which it wants a core", evidence, threshold=HALF)


@saboteur(caught_by=test_a_peer_that_takes_its_time_leaves_the_core_free)
def peer_that_need_not_be_waited_for(patch):
    """The work computes the answers itself."""
    patch.here(shares_had=recorded(*[0.99] * 6))


@saboteur(caught_by=test_a_file_in_memory_keeps_the_core_busy)
def file_on_a_slow_disk(patch):
    """Every read takes milliseconds."""
    patch.here(shares=recorded(*[0.05] * 6))
