"""What one child puts into a queue another takes out, in the same order, and each begins with its start."""

from collections import defaultdict
from contextlib import contextmanager

from hypothesis.strategies import lists

from concurrency_lib.channels import Channel
from spec.processes.diary import Diary
from spec.processes.talking import pipe_between, prepared, queue_between, running
from spec.processes.targets import messages, messages_broken, writers, writers_broken
from spec.processes.values import ITEM
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_semaphores
from spec.support.deadlines import deadline, ends
from spec.support.properties import for_any

claim = Claim(
    zh="一个子进程放进队列的东西，另一个子进程会按原来的次序取出来；两边都是从各自启动那一刻才开始。",
    decides={"ipc.queue-moves-data": 156, "ipc.start-order-comments": (183, 185)},
    ruling=Holds(),
    needs=[has_semaphores],
)

VALUES = ["A", "B", "C", "D"]


def test_a_second_child_takes_what_the_first_puts(mp_context, evidence):
    """Values that one child puts into a queue come out in another, in the order in which they were put."""
    with (
        queue_between(mp_context) as queue,
        Diary(mp_context) as diary,
        running(mp_context, messages.put_all, queue, VALUES, diary.pen) as writer,
        running(mp_context, messages.take, queue, len(VALUES), diary.pen) as reader,
    ):
        made = {writer.pid, reader.pid}
        ends(reader), ends(writer)
        diary.show(evidence, "two children on one queue")

    assert diary.of("reader") == [f"got {value}" for value in VALUES]
    assert {note.pid for note in diary.notes} == made


def test_each_child_begins_with_its_start(mp_context, evidence):
    """Putting begins when the writer is started and taking when the reader is, not when either is made."""
    with (
        queue_between(mp_context) as queue,
        Diary(mp_context) as diary,
        prepared(mp_context, messages.put_all, queue, VALUES, diary.pen) as writer,
        prepared(mp_context, messages.take, queue, len(VALUES), diary.pen) as reader,
    ):
        assert diary.up_to_now() == []

        writer.start()
        diary.until("put D")
        while_one_runs = diary.up_to_now()
        reader.start()
        ends(reader), ends(writer)
        diary.show(evidence, "the writer is started first, the reader when all is put")

    assert while_one_runs == [f"put {value}" for value in VALUES]
    assert diary.of("reader") == [f"got {value}" for value in VALUES]


def test_any_value_passes_a_queue(mp_context):
    """Any value that can be pickled, empty or larger than a pipe, comes out of a queue as it went in."""
    with (
        queue_between(mp_context) as questions,
        queue_between(mp_context) as answers,
        running(mp_context, messages.echo, questions, answers) as child,
    ):

        @for_any(ITEM, examples=20)
        def comes_back_equal(value):
            questions.put((value,))

            assert answers.get(timeout=deadline()) == (value,)

        questions.put(None)
        ends(child)


def test_any_items_pass_a_channel(mp_context):
    """Any items that can be pickled come out of a channel equal to what was sent, and in order."""
    with pipe_between(mp_context) as (orders, order), Channel(mp_context) as channel:
        channel.start_writer(writers.send_what_arrives, orders)
        items = iter(channel)

        @for_any(lists(ITEM, max_size=5), examples=20)
        def arrive_in_order(sent):
            order.send(sent)

            assert [next(items) for _ in sent] == sent

        order.send(None)


def test_each_writers_items_arrive_in_its_order(mp_context, evidence):
    """The items of several writers on one channel all arrive, those of each writer in its own order."""
    arrived = defaultdict(list)
    with Channel(mp_context) as channel:
        started = {channel.start_writer(writers.send_numbered, 200).pid for _ in range(2)}
        for pid, number in channel:
            arrived[pid].append(number)
    evidence.figures("items that arrived", {f"from {pid}": len(numbers) for pid, numbers in arrived.items()})

    assert arrived == {pid: list(range(200)) for pid in started}


@contextmanager
def begun_when_made(context, target, *args):
    """Run a process that was only to be prepared."""
    with running(context, target, *args) as process:
        yield ends(process)


@saboteur(caught_by=test_a_second_child_takes_what_the_first_puts)
def queue_without_an_order(patch):
    """The queue hands out every second value before the first."""
    patch.in_child(messages_broken.swap_what_is_taken)


@saboteur(caught_by=test_each_child_begins_with_its_start)
def process_that_does_not_wait_for_its_start(patch):
    """A process runs as soon as it is made."""
    patch.here(prepared=begun_when_made)


@saboteur(caught_by=test_any_value_passes_a_queue)
def queue_for_texts(patch):
    """The queue passes on what a value looks like."""
    patch.in_child(messages_broken.put_text_instead)


@saboteur(caught_by=test_any_items_pass_a_channel)
def channel_for_texts(patch):
    """The channel passes on what an item looks like."""
    patch.in_child(writers_broken.send_text_instead)


@saboteur(caught_by=test_each_writers_items_arrive_in_its_order)
def writer_without_an_order(patch):
    """A writer sends every second item before the first."""
    patch.in_child(writers_broken.swap_what_is_sent)
