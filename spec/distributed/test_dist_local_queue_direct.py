"""On one machine a queue that was created can be used as it is, by a child as by its parent."""

import queue
from contextlib import nullcontext
from pickle import PicklingError

from concurrency_lib.channels import Channel
from spec.distributed.targets import managing, managing_broken
from spec.processes.talking import queue_between, running
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import deadline, ends
from spec.support.outcomes import raised_by

claim = Claim(
    zh="在同一台机器上，创建好的队列父子进程都可以直接使用。",
    decides={"dist.local-queue-direct": 466},
    ruling=HoldsIf(
        condition="it is a queue of multiprocessing, and a child is handed it as it is started",
        because="a queue.Queue, as the program with the manager has, lives in one process: a forked child "
        "has a copy of it, and no other child can be handed it, since it holds locks",
        correction=Text(
            en="Between processes of one machine use multiprocessing.Queue, or a channel of the library.",
            zh="同一台机器上的进程之间，请用 multiprocessing.Queue，或者本库的通道。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#exchanging-objects-between-processes"],
    ),
    needs=[has_semaphores],
)

REFUSED = (TypeError, PicklingError)


def queue_for_threads(_):
    """Make a queue for threads, for a block that has nothing to tidy up after it."""
    return nullcontext(queue.Queue())


def test_a_child_uses_the_queue_itself(mp_context, evidence):
    """What a child puts into a queue of multiprocessing that it was handed, its parent takes out without a manager."""
    with queue_between(mp_context) as shared, running(mp_context, managing.put_word, shared) as child:
        word = shared.get(timeout=deadline())
        ends(child)
    evidence.figures("taken by the parent", {"word": word})

    assert word == "from the child"


def test_a_queue_for_threads_is_not_shared(every_context, evidence):
    """What a child puts into a queue for threads never reaches its parent; most children cannot even be handed it."""
    method = every_context.get_start_method()
    with queue_for_threads(every_context) as plain:
        error = raised_by(hand_over, every_context, plain)
        is_empty = plain.empty()
    evidence.figures("a queue for threads in a child", {method: "copied" if error is None else repr(error)})

    assert isinstance(error, type(None) if method == "fork" else REFUSED)
    assert is_empty


def test_a_channel_carries_a_childs_word(mp_context):
    """What a child sends through a channel of the library its parent reads without a manager, to the end."""
    with Channel(mp_context) as channel:
        channel.start_writer(managing.send_word)

        assert list(channel) == ["from the child"]


def hand_over(context, plain):
    """Let a child put its word into a queue."""
    with running(context, managing.put_word, plain) as child:
        ends(child)


@saboteur(caught_by=test_a_child_uses_the_queue_itself)
def child_with_another_word(patch):
    """The child puts another word than is expected of it."""
    patch.in_child(managing_broken.child_that_says_something_else)


@saboteur(caught_by=test_a_channel_carries_a_childs_word)
def sender_with_another_word(patch):
    """The child sends another word than is expected of it."""
    patch.in_child(managing_broken.child_that_says_something_else)


@saboteur(caught_by=test_a_queue_for_threads_is_not_shared)
def queue_for_threads_that_is_shared(patch):
    """The queue is one for processes."""
    patch.here(queue_for_threads=queue_between)
