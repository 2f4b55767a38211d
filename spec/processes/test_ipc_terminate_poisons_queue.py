"""A queue whose reader was killed in the middle of get can never be read again."""

import pytest

from concurrency_lib import channels
from concurrency_lib._contexts import receive
from concurrency_lib._remote import pack
from concurrency_lib._streams import EndOfStream
from spec.processes.diary import Diary
from spec.processes.talking import ended_by, falls_asleep, queue_between, read_through, running
from spec.processes.targets import messages, messages_broken, writers
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_proc, has_semaphores
from spec.support.deadlines import ends, wait_until

claim = Claim(
    zh="读进程若在 get 途中被杀，这个队列从此再也读不出东西。",
    decides={"ipc.terminate-poisons-queue": 190},
    ruling=Holds(),
    needs=[has_semaphores, has_proc],
)

SENT = [1, 2, 3]


def left_for_a_second_reader(mp_context, shared, diary):
    """Put a value by one child, and return what another gets that asks when the value is there."""
    with running(mp_context, messages.put_own_pid, shared) as writer:
        ends(writer)
    wait_until(lambda: not shared.empty(), "a value in the queue")
    with running(mp_context, messages.take_if_there_is_one, shared, diary.pen) as second:
        ends(second)
    return diary.of("second reader")


def test_a_reader_killed_in_get_takes_the_queue_with_it(mp_context, evidence):
    """After a reader was terminated in get, another reader gets Empty although a value is there."""
    with (
        queue_between(mp_context) as shared,
        Diary(mp_context) as diary,
        running(mp_context, messages.take_for_ever, shared, diary.pen) as reader,
    ):
        diary.until("asks")
        falls_asleep(reader)
        reader.terminate()
        ends(reader)
        left = left_for_a_second_reader(mp_context, shared, diary)
        evidence.figures("the first reader ended by", {ended_by(reader): f"the second gets {left}"})

    assert left == ["Empty"]


def test_a_reader_that_ends_by_itself_leaves_the_queue(mp_context, evidence):
    """After a reader ended at a mark, another reader gets the value that is there."""
    with (
        queue_between(mp_context) as shared,
        Diary(mp_context) as diary,
        running(mp_context, messages.take_until_none, shared, diary.pen) as reader,
    ):
        diary.until("asks")
        with running(mp_context, messages.put_all, shared, [None], diary.pen) as writer:
            ends(writer)
        ends(reader)
        left = left_for_a_second_reader(mp_context, shared, diary)
        evidence.figures("the first reader ended by", {ended_by(reader): f"the second gets {left}"})

    assert left == ["a value"]


def test_a_writer_killed_in_send_spoils_nothing_of_others(mp_context, evidence):
    """Where a writer is killed in the middle of an item, a channel says so, and others' items arrive."""
    with channels.Channel(mp_context) as channel, Diary(mp_context) as diary:
        killed = channel.start_writer(writers.send_large, 1_000_000, diary.pen)
        other = channel.start_writer(writers.send_numbered, 50)
        diary.until("sends")
        falls_asleep(killed)
        killed.kill()
        ends(killed), ends(other)
        items, deaths = read_through(channel)
        told = "; ".join(map(str, deaths))
        evidence.figures("what was read", {"items of the other": len(items), "error": told})

        assert items == [(other.pid, number) for number in range(50)]
        assert [death.writer for death in deaths] == [killed.name]


@pytest.mark.parametrize("end", [writers.send_and_be_killed, writers.send_and_exit], ids=["killed", "exits"])
def test_the_reader_of_a_channel_is_told_of_a_death(mp_context, evidence, end):
    """Where a writer is killed or exits, the reader gets all that it sent, and then WriterDied."""
    with channels.Channel(mp_context) as channel:
        writer = channel.start_writer(end, SENT)
        items, deaths = read_through(channel)
        ends(writer)
        told = "; ".join(map(str, deaths))
        evidence.figures("what was read", {"items": str(items), "error": told, "ended by": ended_by(writer)})

        assert items == SENT
        assert [death.writer for death in deaths] == [writer.name]


@saboteur(caught_by=test_a_reader_killed_in_get_takes_the_queue_with_it)
def reader_that_ends_politely(patch):
    """The reader leaves get in order when it is terminated."""
    patch.in_child(messages_broken.leave_on_request)


@saboteur(caught_by=test_a_reader_that_ends_by_itself_leaves_the_queue)
def reader_that_takes_the_lock_along(patch):
    """The reader locks the queue at the mark, and ends."""
    patch.in_child(messages_broken.lock_at_the_mark)


@saboteur(caught_by=test_a_writer_killed_in_send_spoils_nothing_of_others)
def death_that_ends_all_reading(patch):
    """With the death of one writer the reading side lets go of all."""
    patch.setattr(channels.Reader, "_end", end_all)


def end_all(reader, pipe):
    """End every stream with the one that is to end."""
    ended = reader.streams[pipe]
    for each in [*reader.streams]:
        each.close()
        del reader.streams[each]
    return ended


@saboteur(caught_by=test_the_reader_of_a_channel_is_told_of_a_death)
def death_that_passes_for_an_end(patch):
    """A channel takes the death of a writer for the end of its stream."""
    patch.setattr(channels, "receive", lambda pipe: receive(pipe) or pack(EndOfStream(), "end"))
