"""terminate() ends the reader by force."""

import multiprocessing.dummy

import pytest

from concurrency_lib import _contexts, channels
from spec.processes.diary import Diary
from spec.processes.talking import ended_by, queue_between, running
from spec.processes.targets import messages, messages_broken, writers
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, has_proc, has_semaphores
from spec.support.deadlines import ends

claim = Claim(
    zh="terminate() 会强行结束读进程。",
    decides={"ipc.terminate-kills": 190},
    ruling=HoldsIf(
        condition="the reader has left SIGTERM its usual effect, and somebody waits for its end",
        because="terminate() only sends SIGTERM and returns: the process may ignore it, and until somebody "
        "waits for it, it is not gone",
        correction=Text(
            en="join() after terminate(): until then the process may still run, or remains as a zombie. A "
            "process that ignores SIGTERM only ends by kill().",
            zh="terminate() 之后还要 join()：在那之前，进程可能仍在运行，也可能成了僵尸进程。"
            "忽略 SIGTERM 的进程只有 kill() 才能结束。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#multiprocessing.Process.terminate"],
    ),
    needs=[has_semaphores],
)


def test_a_terminated_reader_ends_by_the_signal(mp_context, evidence):
    """A reader that was terminated and then joined has ended by SIGTERM."""
    with (
        queue_between(mp_context) as queue,
        Diary(mp_context) as diary,
        running(mp_context, messages.take_for_ever, queue, diary.pen) as reader,
    ):
        diary.until("asks")
        reader.terminate()
        ended = ended_by(ends(reader))
        evidence.figures("how the reader ended", {str(reader.pid): ended})

        assert ended == "SIGTERM"


@needs(can_fork, has_proc)
def test_a_terminated_child_remains_as_a_zombie(clean_room, evidence):
    """A child that was terminated remains as a zombie in the kernel's list until it is joined."""
    unjoined, joined = clean_room.run(messages.state_before_and_after_the_join)
    evidence.figures("state of the child for the kernel", {"terminated": unjoined, "joined": joined})

    assert (unjoined, joined) == ("Z", "X")


def test_a_reader_may_ignore_it(mp_context, evidence):
    """A reader that ignores SIGTERM reads on after terminate(), and ends by kill()."""
    with (
        queue_between(mp_context) as queue,
        Diary(mp_context) as diary,
        running(mp_context, messages.take_for_ever_unmoved, queue, diary.pen) as reader,
    ):
        diary.until("asks")
        reader.terminate()
        queue.put("after terminate()")
        diary.until("got after terminate()")
        reader.kill()
        ended = ended_by(ends(reader))
        diary.show(evidence, "a reader that ignores SIGTERM")

        assert ended == "SIGKILL"


@needs(has_proc)
@pytest.mark.parametrize("send_on", [writers.send_for_ever, writers.send_for_ever_unmoved], ids=["obedient", "unmoved"])
def test_a_closed_channel_leaves_no_writer(mp_context, monkeypatch, evidence, send_on):
    """A channel that is closed has ended and reaped writers that still ran, even one that ignores SIGTERM."""
    monkeypatch.setattr(_contexts, "GRACE", 0.005)
    with channels.Channel(mp_context) as channel:
        channel.start_writer(send_on)
        pid = next(iter(channel))
        channel.close()
        state = messages.kernel_state(pid)
        evidence.figures("state of the writer for the kernel", {"when its channel is closed": state})

        assert state == "X"


def test_threads_cannot_write_to_a_channel():
    """A channel takes no context whose processes are only threads, which nobody can terminate: TypeError."""
    try:
        kind = type(channels.Channel(multiprocessing.dummy))
    except TypeError as error:
        kind = type(error)

    assert kind is TypeError


@saboteur(caught_by=test_a_terminated_reader_ends_by_the_signal)
def reader_that_ends_politely(patch):
    """The reader takes the signal for a request, and exits."""
    patch.in_child(messages_broken.leave_on_request)


@saboteur(caught_by=test_a_terminated_child_remains_as_a_zombie)
def kernel_that_forgets_at_once(patch):
    """A child that nobody waited for yet is gone as soon as it ends."""
    patch.in_child(messages_broken.forget_children)


@saboteur(caught_by=test_a_reader_may_ignore_it, hangs=True)
def signal_that_cannot_be_ignored(patch):
    """SIGTERM keeps its effect, whatever a process asks for."""
    patch.in_child(messages_broken.ignore_no_signal)


@saboteur(caught_by=test_a_closed_channel_leaves_no_writer)
def channel_that_closes_at_the_second_call(patch):
    """A channel that is closed for the first time leaves its writers running."""
    close, asked = channels.Channel.close, []
    patch.setattr(channels.Channel, "close", lambda channel: close(channel) if asked else asked.append(channel))


@saboteur(caught_by=test_threads_cannot_write_to_a_channel)
def channel_for_anybody(patch):
    """A channel takes any context."""
    patch.setattr(channels, "of_processes", lambda context: context)
