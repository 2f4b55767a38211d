"""The parent makes the queue and hands it to each of the children as an argument."""

from contextlib import nullcontext

import pytest

from concurrency_lib import channels
from spec.processes.talking import pipe_between, queue_between, running, what_is_in
from spec.processes.targets import messages, messages_broken, writers, writers_broken
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import arrives, ends

claim = Claim(
    zh="队列由父进程建立，再作为参数交给每个子进程。",
    decides={"ipc.parent-creates-and-passes": 179},
    ruling=Holds(),
    needs=[has_semaphores],
)


USES = {
    "read": iter,
    "hand over": channels.Channel.reader,
    "start a writer": lambda channel: channel.start_writer(print),
}
PARTINGS = {"handed over": channels.Channel.reader, "closed": channels.Channel.close}


def refusal_to_send(thing, mp_context):
    """Try to send something to a process that runs already; return the name of the error, if there is one."""
    with pipe_between(mp_context) as (_, into):
        try:
            into.send(thing)
        except RuntimeError as error:
            return type(error).__name__
    return ""


def test_a_queue_given_at_the_start_is_shared(every_context, evidence):
    """A queue that each child is given as it starts is the parent's own, however the children are started."""
    with (
        queue_between(every_context) as queue,
        running(every_context, messages.put_own_pid, queue) as one,
        running(every_context, messages.put_own_pid, queue) as other,
    ):
        made = {ends(one).pid, ends(other).pid}
        found = what_is_in(queue)
    evidence.figures("put by a child, found by its parent", {str(pid): str(pid in found) for pid in made})

    assert len(found) == 2
    assert set(found) == made


def test_a_queue_cannot_be_sent_afterwards(mp_context):
    """A queue cannot be sent to a process that runs already: RuntimeError."""
    with queue_between(mp_context) as queue:
        assert refusal_to_send(queue, mp_context) == "RuntimeError"


def test_a_channel_given_at_the_start_is_read_there(every_context, evidence):
    """A channel's reading side that a child is given as it starts reads there, however it is started."""
    with pipe_between(every_context) as (told, report), channels.Channel(every_context) as channel:
        writer = channel.start_writer(writers.send_numbered, 3).pid
        with running(every_context, writers.read_and_tell, channel.reader(), report) as reader:
            pid, items = arrives(told, "what was read")
            ends(reader)
            evidence.figures("who read what", {f"{writer} → {pid}": str(items)})

            assert (pid, items) == (reader.pid, [(writer, number) for number in range(3)])


def test_a_channel_cannot_be_sent_afterwards(mp_context):
    """A channel's reading side cannot be sent to a process that runs already: RuntimeError."""
    with channels.Channel(mp_context) as channel:
        assert refusal_to_send(channel.reader(), mp_context) == "RuntimeError"


@pytest.mark.parametrize("use", USES.values(), ids=USES)
@pytest.mark.parametrize("part_with_it", PARTINGS.values(), ids=PARTINGS)
def test_a_channel_given_away_is_used_here_no_more(mp_context, use, part_with_it):
    """A channel that was closed, or whose reading side was handed over, cannot be used here: ValueError."""
    with channels.Channel(mp_context) as channel:
        part_with_it(channel)
        refusals = 0
        try:
            use(channel)
        except ValueError:
            refusals += 1

        assert refusals


@saboteur(caught_by=test_a_queue_given_at_the_start_is_shared)
def child_with_a_queue_of_its_own(patch):
    """A child puts into a queue of its own."""
    patch.in_child(messages_broken.put_nothing)


@saboteur(caught_by=test_a_queue_cannot_be_sent_afterwards)
def queue_that_is_sent_like_any_value(patch):
    """A queue is pickled like any value."""
    patch.here(queue_between=lambda _: nullcontext([]))


@saboteur(caught_by=test_a_channel_given_at_the_start_is_read_there)
def reading_side_that_arrives_empty(patch):
    """The reading side knows of no writer once it is in another process."""
    patch.in_child(writers_broken.forget_the_writers)


@saboteur(caught_by=test_a_channel_cannot_be_sent_afterwards)
def reading_side_that_is_sent_like_any_value(patch):
    """The reading side is pickled whenever somebody asks."""
    patch.setattr(channels, "assert_spawning", lambda _: None)


@saboteur(caught_by=test_a_channel_given_away_is_used_here_no_more)
def channel_that_is_nobodys(patch):
    """A channel does not mind who uses it when."""
    patch.setattr(channels.Channel, "_check", lambda _: None)
