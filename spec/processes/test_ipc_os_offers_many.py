"""The operating system offers many ways for processes to communicate, and multiprocessing builds on them."""

import queue
from collections import Counter
from contextlib import nullcontext

import pytest

from concurrency_lib import channels
from spec.processes.kernel_objects import added_by, two_processes, two_writers
from spec.processes.talking import pipe_between, queue_between
from spec.processes.targets import carriers
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, has_proc, has_semaphores

claim = Claim(
    zh="操作系统给进程之间的通信准备了许多途径，multiprocessing 就建立在这些途径之上。",
    decides={"ipc.os-offers-many": 154, "ipc.mp-wraps-mechanisms": 154},
    ruling=Holds(),
    needs=[can_fork],
)

WAYS = ["pipe", "socket_pair", "shared_memory", "file", "real_time_signal", "exit_status"]


@pytest.mark.parametrize("way", WAYS)
def test_each_way_carries_a_number(clean_room, evidence, way):
    """A child's number reaches its parent by pipe, socket, shared memory, file, signal or exit status."""
    known, heard = clean_room.run(carriers.tell_the_parent, way)
    evidence.figures("what the parent heard", {way: heard})

    assert heard == known


def test_a_variable_carries_nothing(clean_room):
    """What a child assigns to a plain variable does not reach its parent."""
    _, heard = clean_room.run(carriers.tell_the_parent, "variable")

    assert heard is None


@needs(has_proc)
def test_a_pipe_of_multiprocessing_is_the_kernels(mp_context, evidence):
    """A one-way Pipe is a pipe of the kernel, and a two-way one is a pair of its sockets."""
    one_way = added_by(pipe_between(mp_context))
    two_way = added_by(pipe_between(mp_context, duplex=True))
    evidence.figures("what the kernel holds more", {"one way": str(one_way), "two ways": str(two_way)})

    assert one_way == {"pipe": 1}
    assert two_way == {"socket": 2}


@needs(has_proc, has_semaphores)
def test_a_queue_is_a_pipe_with_semaphores(mp_context, evidence):
    """A Queue of multiprocessing is one pipe of the kernel with semaphores that processes can share."""
    held = added_by(queue_between(mp_context))
    evidence.figures("what the kernel holds more", held)

    assert held.get("pipe") == 1
    assert held.get("semaphore", 0) >= 1


@needs(has_proc)
def test_a_channel_is_a_pipe_for_each_writer(mp_context, evidence):
    """A channel is one pipe of the kernel for each of its writers, and needs no semaphore."""
    for_processes = Counter(added_by(two_processes(mp_context)))
    for_writers = Counter(added_by(two_writers(mp_context)))
    evidence.figures("what the kernel holds more for two writers", for_writers - for_processes)

    assert for_writers - for_processes == {"pipe": 2}


@saboteur(caught_by=test_each_way_carries_a_number)
def pipe_that_nobody_shares(patch):
    """Each process has a pipe of its own."""
    patch.in_child(carriers.nothing_shared)


@saboteur(caught_by=test_a_variable_carries_nothing)
def memory_that_is_shared(patch):
    """The parent's variables are the child's."""
    patch.in_child(carriers.everything_shared)


def in_own_memory(*_, **__):
    """Make a queue for threads where something of the kernel is asked for."""
    return nullcontext(queue.Queue())


@saboteur(caught_by=test_a_pipe_of_multiprocessing_is_the_kernels)
def pipe_in_own_memory(patch):
    """A Pipe is a list in the memory of this process."""
    patch.here(pipe_between=in_own_memory)


@saboteur(caught_by=test_a_queue_is_a_pipe_with_semaphores)
def queue_in_own_memory(patch):
    """A Queue is a list in the memory of this process."""
    patch.here(queue_between=in_own_memory)


@saboteur(caught_by=test_a_channel_is_a_pipe_for_each_writer)
def channel_that_lets_go(patch):
    """A channel gives a writer's pipe up as soon as the writer runs."""
    patch.setattr(channels, "Reader", ForgetfulReader)


class ClosedStreams(dict):
    """Closes what it is given to keep."""

    def __setitem__(self, pipe, _):
        """Close a pipe."""
        pipe.close()


class ForgetfulReader(channels.Reader):
    """Keeps no stream."""

    def __init__(self):
        """Begin with nowhere to keep one."""
        self.streams = ClosedStreams()
