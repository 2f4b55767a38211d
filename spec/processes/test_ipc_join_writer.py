"""The parent waits for the writer to end, and then everything that was written is there to be read."""

import pytest

from concurrency_lib.channels import Channel, RemoteTraceback, WriterFailed
from spec.processes.diary import Diary
from spec.processes.talking import falls_asleep, queue_between, read_through, running, what_is_in
from spec.processes.targets import messages, messages_broken, writers, writers_broken
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import has_proc, has_semaphores
from spec.support.deadlines import deadline, ends

claim = Claim(
    zh="父进程等写进程结束；等到的时候，写下的内容都已经可以读取。",
    decides={"ipc.join-writer": 187},
    ruling=Holds(),
    needs=[has_semaphores],
)

VALUES = ["A", "B", "C"]
LARGE = 1_000_000  # bytes: many times what a pipe holds


def test_all_values_are_there_after_the_join(mp_context, evidence):
    """When the writer has been joined, its exit code is 0 and all that it put can be taken."""
    with (
        queue_between(mp_context) as queue,
        Diary(mp_context) as diary,
        running(mp_context, messages.put_all, queue, VALUES, diary.pen) as writer,
    ):
        ends(writer)
        found = what_is_in(queue)
        evidence.figures("after the join", {"exit code": writer.exitcode, "in the queue": " ".join(found)})

        assert writer.exitcode == 0
        assert found == VALUES


@needs(has_proc)
def test_a_writer_stays_until_its_values_fit(mp_context, evidence):
    """A writer that put more than the queue's pipe holds cannot be joined before somebody takes it."""
    with (
        queue_between(mp_context) as queue,
        Diary(mp_context) as diary,
        running(mp_context, messages.put_large, queue, LARGE, diary.pen) as writer,
    ):
        diary.until("has put")
        assert falls_asleep(writer)

        taken = queue.get(timeout=deadline())
        ends(writer)
        evidence.figures("a writer that waited", {"taken": (len(taken), "bytes"), "exit code": writer.exitcode})

        assert (len(taken), writer.exitcode) == (LARGE, 0)


@needs(has_proc)
def test_a_full_channel_makes_its_writer_wait(mp_context, evidence):
    """A writer that sends more than a channel's pipe holds waits in send until its reader reads."""
    with Channel(mp_context) as channel, Diary(mp_context) as diary:
        writer = channel.start_writer(writers.send_large, LARGE, diary.pen)
        diary.until("sends")
        assert falls_asleep(writer)
        waiting = diary.up_to_now()

        taken = next(iter(channel))
        diary.until("has sent")
        ends(writer)
        diary.show(evidence, "a writer whose reader takes its time")

    assert waiting == ["sends"]
    assert len(taken) == LARGE


@pytest.mark.parametrize("kind", [ValueError, writers.CannotBePickledError], ids=["picklable", "unpicklable"])
def test_the_reader_of_a_channel_is_told_of_an_error(mp_context, evidence, kind):
    """Where a writer raises, the reader gets all that it sent, and then WriterFailed with its traceback."""
    with Channel(mp_context) as channel:
        channel.start_writer(writers.send_and_raise, VALUES, kind)
        items, errors = read_through(channel)
    told = "".join(error.traceback for error in errors)
    evidence.transcript("what the reader is told", "for item in channel: …", told, "; ".join(map(str, errors)))

    assert items == VALUES
    assert [type(error) for error in errors] == [WriterFailed]
    assert "in send_and_raise" in told
    assert type(errors[0].__cause__) is (kind if kind is ValueError else RemoteTraceback)


@saboteur(caught_by=test_all_values_are_there_after_the_join)
def writer_that_leaves_early(patch):
    """The writer ends before it has put its last value."""
    patch.in_child(messages_broken.leave_before_the_last)


@saboteur(caught_by=test_a_writer_stays_until_its_values_fit)
def writer_that_leaves_its_values(patch):
    """The writer does not wait for its values to be on their way."""
    patch.in_child(messages_broken.leave_without_flushing)


@saboteur(caught_by=test_a_full_channel_makes_its_writer_wait)
def channel_that_drops_what_does_not_fit(patch):
    """Sending returns at once, whether or not there is room."""
    patch.in_child(writers_broken.send_nothing)


@saboteur(caught_by=test_the_reader_of_a_channel_is_told_of_an_error)
def error_that_passes_for_an_end(patch):
    """A writer that raises closes its stream as if all were sent."""
    patch.in_child(writers_broken.end_instead_of_failing)
