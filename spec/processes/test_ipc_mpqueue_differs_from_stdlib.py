"""The queue of multiprocessing is another thing than the queue that the standard library has for threads."""

import multiprocessing.queues
import queue
from contextlib import nullcontext
from importlib.util import find_spec

from concurrency_lib.channels import Channel
from spec.processes.talking import queue_between
from spec.processes.targets import messages, plain_queues, writers, writers_broken
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, has_semaphores, has_threads
from spec.support.deadlines import deadline

claim = Claim(
    zh="multiprocessing 的队列与标准库给线程用的队列是两样东西。",
    decides={"ipc.mpqueue-differs-from-stdlib": 158},
    ruling=HoldsIf(
        condition="the module for threads is called queue, as it is in Python 3",
        because="Queue with a capital was its name in Python 2; today that is the name of a class in it",
        correction=Text(
            en="The two share the methods put and get and little else: multiprocessing.Queue pickles each "
            "item in a thread of its own, after put has returned, so that put cannot say what went wrong.",
            zh="两者共有 put、get 等方法，此外差别很大：multiprocessing.Queue 在 put 返回之后，才由一个专门"
            "的线程序列化各项，所以出了错，put 也无从报告。",
        ),
        references=[
            "https://docs.python.org/3/library/queue.html",
            "https://docs.python.org/3/library/multiprocessing.html#pipes-and-queues",
        ],
    ),
    needs=[has_semaphores, has_threads],
)

FOR_PROCESSES = multiprocessing.queues.Queue


def test_neither_is_a_kind_of_the_other(evidence):
    """The two queue classes are unrelated, and only that for threads knows when all items are dealt with."""
    beside = sorted(name for name in {*dir(queue.Queue)} - {*dir(FOR_PROCESSES)} if name[0] != "_")
    evidence.figures("what only queue.Queue has", dict.fromkeys(beside, "missing in the other"))

    assert not issubclass(FOR_PROCESSES, queue.Queue)
    assert not {"join", "task_done"} & {*dir(FOR_PROCESSES)}


def test_the_module_for_threads_is_spelled_small():
    """The standard library's queue for threads is found in the module queue, and there is no module Queue."""
    assert issubclass(queue.Queue, object)
    assert find_spec(MODULE_FOR_THREADS) is not None
    assert find_spec(MODULE_FOR_THREADS.capitalize()) is None


def test_a_thread_of_its_own_pickles_the_items(mp_context):
    """An item of a multiprocessing queue is pickled by the queue's own thread, not by whoever puts it."""
    with queue_between(mp_context) as shared:
        shared.put(messages.PickledBy())

        assert shared.get(timeout=deadline()) == "QueueFeederThread"


def test_an_item_that_cannot_be_pickled_is_dropped(mp_context, evidence, capsys):
    """An item that cannot be pickled is put without an error, and never arrives; only stderr tells of it."""
    with queue_between(mp_context) as shared:
        shared.put(lambda: "cannot be pickled")
        shared.put("what follows")
        arrived = shared.get(timeout=deadline())
    said = capsys.readouterr().err
    evidence.transcript("what the queue's thread says", "queue.put(lambda: …)", said, "no error in the caller")

    assert arrived == "what follows"


@needs(can_fork)
def test_a_plain_queue_is_copied_into_a_child(clean_room):
    """A forked child that empties a queue for threads empties its own copy, and its parent's stays full."""
    assert not clean_room.run(plain_queues.is_empty_after_a_child_took_all)


def test_a_channel_refuses_at_its_sender(mp_context, evidence):
    """An item that cannot be pickled is refused where it is sent to a channel, and the writer may go on."""
    with Channel(mp_context) as channel:
        channel.start_writer(writers.send_what_can_be_sent)
        arrived = list(channel)
    sent = "send(lambda), send(lock), send(generator), send(text)"
    evidence.transcript("what arrived at the reader", sent, "\n".join(arrived), 0)

    assert arrived == ["refused: lambda", "refused: lock", "refused: generator", "a text"]


def test_a_channel_pickles_as_it_sends(mp_context):
    """An item of a channel is pickled by the thread that sends it: later changes do not reach the reader."""
    with Channel(mp_context) as channel:
        channel.start_writer(writers.send_and_change)
        arrived = list(channel)

    assert arrived == ["MainThread", ["as sent"]]


MODULE_FOR_THREADS = "queue"


def plain_queue(_):
    """Make a queue for threads where one between processes is asked for."""
    return nullcontext(queue.Queue())


@saboteur(caught_by=test_neither_is_a_kind_of_the_other)
def queue_of_threads_for_processes(patch):
    """The queue for processes is the one for threads."""
    patch.here(FOR_PROCESSES=queue.Queue)


@saboteur(caught_by=test_the_module_for_threads_is_spelled_small)
def module_of_python_2(patch):
    """The module is called as it was in Python 2."""
    patch.here(MODULE_FOR_THREADS="Queue")


@saboteur(caught_by=test_a_thread_of_its_own_pickles_the_items)
def queue_that_pickles_nothing(patch):
    """The queue hands over the item itself."""
    patch.here(queue_between=plain_queue)


@saboteur(caught_by=test_an_item_that_cannot_be_pickled_is_dropped)
def queue_that_takes_everything(patch):
    """The queue delivers what cannot be pickled."""
    patch.here(queue_between=plain_queue)


@saboteur(caught_by=test_a_plain_queue_is_copied_into_a_child)
def plain_queue_that_is_shared(patch):
    """The plain queue is the same one in both processes."""
    patch.in_child(plain_queues.share_the_plain_queue)


@saboteur(caught_by=test_a_channel_refuses_at_its_sender)
def sender_that_keeps_quiet(patch):
    """Sending says nothing of an item that cannot be pickled."""
    patch.in_child(writers_broken.drop_what_cannot_be_sent)


@saboteur(caught_by=test_a_channel_pickles_as_it_sends)
def sender_that_pickles_later(patch):
    """Sending keeps the item, and pickles it when the writer is done."""
    patch.in_child(writers_broken.send_when_done)
