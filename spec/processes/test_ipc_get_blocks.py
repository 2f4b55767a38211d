"""A reader waits in get, asleep, until there is something to take."""

import queue
from contextlib import nullcontext

from concurrency_lib import channels
from spec.processes.diary import Diary
from spec.processes.talking import falls_asleep, pipe_between, queue_between, running
from spec.processes.targets import messages, messages_broken, writers, writers_broken
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import has_proc, has_semaphores
from spec.support.deadlines import ends

claim = Claim(
    zh="读进程会在 get 处睡眠等待，直到有东西可取。",
    decides={"ipc.get-blocks": 175},
    ruling=Holds(),
    needs=[has_semaphores],
)


@needs(has_proc)
def test_a_reader_sleeps_until_something_is_put(mp_context, evidence):
    """A reader of an empty queue sleeps in get, and wakes with the value that is put then."""
    with (
        queue_between(mp_context) as shared,
        Diary(mp_context) as diary,
        running(mp_context, messages.take_until_none, shared, diary.pen) as reader,
    ):
        diary.until("asks")
        assert falls_asleep(reader)

        asleep = diary.up_to_now()
        shared.put("late")
        shared.put(None)
        ends(reader)
        diary.show(evidence, "a reader that had nothing to read")

    assert asleep == ["asks"]
    assert diary.of("reader") == ["asks", "got late"]


def test_a_reader_that_will_not_wait_gets_nothing(mp_context):
    """A get that is told not to wait ends in Empty where the queue is empty."""
    with queue_between(mp_context) as shared:
        try:
            taken = shared.get(block=False)
        except queue.Empty:
            taken = "nothing"

    assert taken == "nothing"


@needs(has_proc)
def test_a_reader_sleeps_on_when_its_writer_is_dead(mp_context, evidence):
    """A reader whose only writer was killed sleeps on in get: nobody tells it that nothing more will come."""
    with (
        queue_between(mp_context) as shared,
        Diary(mp_context) as diary,
        running(mp_context, messages.hold_for_ever, shared) as writer,
        running(mp_context, messages.take_until_none, shared, diary.pen) as reader,
    ):
        diary.until("asks")
        writer.kill()
        ends(writer)
        asleep = falls_asleep(reader)
        evidence.figures(
            "after the writer's death",
            {"the reader's notes": str(diary.up_to_now()), "writer": writer.exitcode},
        )

        assert asleep
        assert diary.up_to_now() == ["asks"]


@needs(has_proc)
def test_the_reader_of_a_channel_sleeps_until_something_is_sent(mp_context, evidence):
    """The reader of a channel sleeps while nothing is sent, and wakes with the item that is sent then."""
    with (
        pipe_between(mp_context) as (orders, order),
        Diary(mp_context) as diary,
        channels.Channel(mp_context) as channel,
    ):
        channel.start_writer(writers.send_what_arrives, orders)
        with running(mp_context, writers.read_and_note, channel.reader(), diary.pen) as reader:
            diary.until("asks")
            assert falls_asleep(reader)

            asleep = diary.up_to_now()
            order.send(["late"])
            diary.until("got late")
            order.send(None)
            ends(reader)
        diary.show(evidence, "a channel in which nothing was sent at first")

    assert asleep == ["asks"]


@saboteur(caught_by=test_a_reader_sleeps_until_something_is_put)
def queue_that_waits_for_nobody(patch):
    """An empty queue hands out None at once."""
    patch.in_child(messages_broken.take_none_at_once)


@saboteur(caught_by=test_a_reader_that_will_not_wait_gets_nothing)
def queue_that_is_never_empty(patch):
    """Something can be taken out of a new queue."""
    full = queue.Queue()
    full.put("something")
    patch.here(queue_between=lambda _: nullcontext(full))


@saboteur(caught_by=test_a_reader_sleeps_on_when_its_writer_is_dead)
def queue_that_tells_of_the_end(patch):
    """A reader gets None where nobody is left to put anything."""
    patch.in_child(messages_broken.take_none_at_once)


@saboteur(caught_by=test_the_reader_of_a_channel_sleeps_until_something_is_sent)
def channel_that_waits_for_nobody(patch):
    """A channel in which nothing was sent yet has come to its end."""
    patch.in_child(writers_broken.forget_the_writers)
