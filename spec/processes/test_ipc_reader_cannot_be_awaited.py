"""A reader in an endless loop never comes to its end, so nobody can wait for it."""

from concurrency_lib.channels import Channel
from spec.processes.diary import Diary
from spec.processes.talking import falls_asleep, pipe_between, queue_between, running
from spec.processes.targets import messages, messages_broken, writers, writers_broken
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import has_proc, has_semaphores
from spec.support.deadlines import ends

claim = Claim(
    zh="循环没有尽头的读进程不会自己结束，等也等不到。",
    decides={"ipc.reader-cannot-be-awaited": 189},
    ruling=HoldsIf(
        condition="nothing tells the reader that no more will come",
        because="a last value that says so is enough: the loop ends with it, and the reader can be joined",
        correction=Text(
            en="Let the writer put a mark when it is done, or read from a channel, whose end comes when "
            "every writer's stream has closed. Then the reader ends by itself, having read everything.",
            zh="让写进程在最后放一个结束标记，或者改用通道：所有写者的流都关闭时，通道就到了尽头。"
            "这样读进程会读完全部内容再自行结束。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#programming-guidelines"],
    ),
    needs=[has_semaphores],
)

VALUES = ["A", "B", "C"]


@needs(has_proc)
def test_a_reader_without_a_mark_outlives_its_writer(mp_context, evidence):
    """A reader that loops for ever, and has read everything, sleeps in get and outlives its writer."""
    with (
        queue_between(mp_context) as queue,
        Diary(mp_context) as diary,
        running(mp_context, messages.put_all, queue, VALUES, diary.pen) as writer,
        running(mp_context, messages.take_for_ever, queue, diary.pen) as reader,
    ):
        ends(writer)
        for step in (*(f"got {value}" for value in VALUES), "asks"):
            diary.until(step)
        sleeps = falls_asleep(reader)
        diary.show(evidence, "a reader that nobody tells of the end")

        assert sleeps
        assert reader.exitcode is None


def test_a_reader_ends_at_a_mark(mp_context, evidence):
    """A reader that takes the last value for a mark ends by itself, with exit code 0, when all is read."""
    with (
        queue_between(mp_context) as queue,
        Diary(mp_context) as diary,
        running(mp_context, messages.put_all, queue, [*VALUES, None], diary.pen) as writer,
        running(mp_context, messages.take_until_none, queue, diary.pen) as reader,
    ):
        ends(reader), ends(writer)
        diary.show(evidence, "a reader that is told of the end")

        assert diary.of("reader") == ["asks", *(f"got {value}" for value in VALUES)]
        assert reader.exitcode == 0


def test_the_reader_of_a_channel_ends_by_itself(mp_context, evidence):
    """The reader of a channel ends by itself when every writer has returned, having read what they sent."""
    with Diary(mp_context) as diary, Channel(mp_context) as channel:
        for value in VALUES:
            channel.start_writer(writers.send_all, [value])
        with running(mp_context, writers.read_and_note, channel.reader(), diary.pen) as reader:
            ends(reader)
            diary.show(evidence, "the reader of three writers")

            assert sorted(diary.of("reader")) == ["asks", *(f"got {value}" for value in VALUES)]
            assert reader.exitcode == 0


def test_writers_are_told_that_nobody_reads(mp_context):
    """Where a channel's reading side is closed, each writer that sends gets BrokenPipeError."""
    with (
        pipe_between(mp_context) as one,
        pipe_between(mp_context) as other,
        Diary(mp_context) as diary,
        Channel(mp_context) as channel,
    ):
        for orders, _ in (one, other):
            channel.start_writer(writers.send_if_somebody_reads, orders, diary.pen)
            diary.until("asks")
        channel.reader().close()
        for _, order in (one, other):
            order.send("an item")
        told = [diary.next().did for _ in (one, other)]

    assert told == ["BrokenPipeError"] * 2


def test_closing_a_channel_ends_its_reading(mp_context):
    """A channel that is closed while it is being read yields no more, though its writers had sent more."""
    with Channel(mp_context) as channel:
        for _ in range(2):
            ends(channel.start_writer(writers.send_all, ["first", "second"]))
        read = []
        for item in channel:
            read.append(item)
            channel.close()

    assert read == ["first"]


@saboteur(caught_by=test_a_reader_without_a_mark_outlives_its_writer)
def queue_that_tells_of_the_end(patch):
    """A reader is told when no value is left."""
    patch.in_child(messages_broken.leave_when_all_is_taken)


@saboteur(caught_by=test_a_reader_ends_at_a_mark)
def mark_that_overtakes(patch):
    """The mark arrives before the last value."""
    patch.in_child(messages_broken.swap_what_is_taken)


@saboteur(caught_by=test_the_reader_of_a_channel_ends_by_itself)
def channel_that_ends_too_soon(patch):
    """A channel ends before its writers do."""
    patch.in_child(writers_broken.forget_the_writers)


@saboteur(caught_by=test_writers_are_told_that_nobody_reads)
def writer_that_is_told_nothing(patch):
    """Sending says nothing where nobody reads."""
    patch.in_child(writers_broken.ignore_that_nobody_reads)


@saboteur(caught_by=test_closing_a_channel_ends_its_reading)
def channel_that_is_read_when_closed(patch):
    """A channel stays open when it is closed in the middle of an iteration."""
    close = Channel.close
    patch.setattr(Channel, "close", lambda _: None)
    patch.setattr(Channel, "__exit__", lambda channel, *_: close(channel))
