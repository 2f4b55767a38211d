"""The queue of multiprocessing is made for crossing from one process to another."""

import queue
from contextlib import nullcontext
from pickle import UnpicklingError
from threading import Thread

from concurrency_lib import channels
from concurrency_lib._remote import unpack
from concurrency_lib._streams import Item
from spec.processes.talking import queue_between, running, what_is_in
from spec.processes.targets import messages, messages_broken, plain_queues, writers, writers_broken
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import has_semaphores, has_threads
from spec.support.deadlines import deadline, ends

claim = Claim(
    zh="multiprocessing 的队列是为跨越进程边界而设计的。",
    decides={"ipc.mpqueue-for-processes": 158},
    ruling=HoldsIf(
        condition="this names its purpose, and sets no limit to its use",
        because="it serves the threads of one process just as well, at the price of pickling every item",
        correction=Text(
            en="Threads can share it too; but they then get copies, and only of what can be pickled. Where "
            "all users are threads of one process, queue.Queue hands over the objects themselves.",
            zh="线程也可以共用它，但拿到的只是副本，而且对象必须能够序列化。如果用它的都是同一进程里的线程，"
            "queue.Queue 交出的就是对象本身。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#pipes-and-queues"],
    ),
    needs=[has_semaphores],
)

PLAIN = queue.Queue
THREADS = 3
CHUNK = 200_000  # bytes: more than a pipe holds, so that no item is sent at one go


def handed_over(between, item):
    """Let another thread put an item, and take it in this one."""
    with between as shared:
        thread = Thread(target=shared.put, args=(item,))
        thread.start()
        taken = shared.get(timeout=deadline())
        ends(thread)
    return taken


def test_it_crosses_from_a_child_to_its_parent(mp_context, evidence):
    """What a child puts into a queue of multiprocessing before it ends is there for its parent."""
    with queue_between(mp_context) as shared:
        with running(mp_context, messages.put_own_pid, shared) as child:
            ends(child)
            pid = child.pid
        found = what_is_in(shared)
        evidence.figures("in the queue when its writer has ended", {f"put by {pid}": str(found)})

    assert found == [pid]


@needs(has_threads)
def test_threads_get_a_copy_from_it(mp_context):
    """Between threads of one process a queue of multiprocessing hands over an equal copy of what was put."""
    item = ["an", "object"]
    taken = handed_over(queue_between(mp_context), item)

    assert taken == item
    assert taken is not item


@needs(has_threads)
def test_threads_get_the_object_from_a_plain_queue():
    """Between threads of one process queue.Queue hands over the very object that was put."""
    item = ["an", "object"]

    assert handed_over(nullcontext(PLAIN()), item) is item


@needs(has_threads)
def test_the_threads_of_a_writer_share_its_channel(mp_context):
    """Several threads of a writer may send at once: every item arrives whole, even if larger than a pipe."""
    with channels.Channel(mp_context) as channel:
        channel.start_writer(writers.send_from_threads, THREADS, CHUNK)
        items = list(channel)

    assert sorted(items) == sorted(bytes([number]) * CHUNK for number in range(THREADS) for _ in range(2))


def test_an_item_that_cannot_be_rebuilt_is_told_to_the_reader(mp_context):
    """An item that cannot be rebuilt raises UnpicklingError at the reader; the next ones follow."""
    with channels.Channel(mp_context) as channel:
        channel.start_writer(writers.send_one_that_cannot_be_rebuilt)
        read = [*until_unpickling_fails(channel), *until_unpickling_fails(channel)]

    assert read == ["before", UnpicklingError, "after"]


def until_unpickling_fails(channel):
    """Yield the items of a channel, and the kind of the error where one cannot be rebuilt."""
    try:
        yield from channel
    except UnpicklingError as error:
        yield type(error)


@saboteur(caught_by=test_it_crosses_from_a_child_to_its_parent)
def queue_that_stays_in_its_process(patch):
    """What is put stays in the process that puts it."""
    patch.in_child(messages_broken.put_nothing)


@saboteur(caught_by=test_threads_get_a_copy_from_it)
def queue_that_shares_objects(patch):
    """The queue hands over the object itself."""
    patch.here(queue_between=lambda _: nullcontext(queue.Queue()))


@saboteur(caught_by=test_threads_get_the_object_from_a_plain_queue)
def plain_queue_that_copies(patch):
    """A plain queue hands over a copy."""
    patch.here(PLAIN=plain_queues.CopyingQueue)


@saboteur(caught_by=test_the_threads_of_a_writer_share_its_channel)
def writer_whose_threads_do_not_take_turns(patch):
    """Two threads send at once, each a half of the other's item."""
    patch.in_child(writers_broken.mix_what_is_sent)


@saboteur(caught_by=test_an_item_that_cannot_be_rebuilt_is_told_to_the_reader)
def reader_that_gets_none(patch):
    """The reader gets None in place of what cannot be rebuilt."""
    patch.setattr(channels, "unpack", unpacked_or_none)


def unpacked_or_none(pickled, what):
    """Unpack an item, or None in its place."""
    try:
        return unpack(pickled, what)
    except UnpicklingError:
        return Item(None)
