"""That input is there comes to a program as a message, whose handler has it without waiting."""

import asyncio
import selectors
import socket
import tempfile

from concurrency_lib._message_io import Ears
from concurrency_lib.message_loop import MessageLoop
from spec.async_io import messages_broken_hearing, messages_broken_loops, messages_running
from spec.support import Claim, Condition, HoldsIf, Text, needs, saboteur
from spec.support.outcomes import raised_by

has_epoll = Condition(
    "the kernel offers epoll", lambda: "" if hasattr(selectors, "EpollSelector") else "selectors has no EpollSelector"
)

claim = Claim(
    zh="输入到达会变成一条消息，处理它的函数无需等待就能取到数据。",
    decides={"async.io-done-message": 531},
    ruling=HoldsIf(
        condition="done means that something can be had without waiting, from a socket, a pipe or the like",
        because="on Unix the message says that there is something to read, which may be the beginning of what was "
        "asked for; for regular files there is no such message at all. A future is done when its whole result is there",
        correction=Text(
            en="A handler can take what has arrived at once. Whether that is all is for it to find out, and to watch "
            "again for the rest. Files are read in threads.",
            zh="处理函数能立刻取到已经到达的部分；是否到齐要自己判断，没到齐就再等一次。读写文件则交给线程。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-future.html#asyncio.Future.result",
            "https://docs.python.org/3/library/asyncio-platforms.html",
            "https://man7.org/linux/man-pages/man2/epoll_ctl.2.html",
        ],
    ),
)


def heard_from(send):
    """Watch a peer that does something; return what the handler reads from a socket that never waits."""
    ours, theirs = socket.socketpair()
    with ours, theirs, MessageLoop() as loop:
        ours.settimeout(0)
        heard = []

        def read(connection):
            heard.append(connection.recv(100))
            loop.stop()

        loop.on("done", read)
        loop.watch(ours, "done")
        send(theirs)
        messages_running.run(loop)
    return heard


def test_the_result_of_a_future_is_there_when_it_is_done(run_async):
    """A future raises InvalidStateError until it is done; its callbacks get the result without waiting."""
    log = []

    async def main():
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        future.add_done_callback(lambda done: log.append(done.result()))
        log.append(type(raised_by(future.result)))
        loop.call_soon(future.set_result, "result")
        await future

    run_async(main())

    assert log == [asyncio.InvalidStateError, "result"]


def test_the_handler_reads_without_waiting():
    """A handler of the library's loop reads at once what has arrived, from a socket that is not to block."""
    assert heard_from(lambda theirs: theirs.sendall(b"payload")) == [b"payload"]


def test_the_end_of_input_is_a_message_too():
    """That a peer sends no more is a message as well, and what there is to read then is nothing."""
    assert heard_from(lambda theirs: theirs.shutdown(socket.SHUT_WR)) == [b""]


def test_the_message_may_come_for_a_part(evidence):
    """The message comes with the first byte of an answer; the rest makes another message for who watches again."""
    parts = []
    ours, theirs = socket.socketpair()
    with ours, theirs, MessageLoop() as loop:

        def read(connection):
            parts.append(connection.recv(100))
            if len(parts) == 2:
                loop.stop()
            else:
                loop.watch(connection, "done")
                theirs.sendall(b"nswer")

        loop.on("done", read)
        loop.watch(ours, "done")
        theirs.sendall(b"a")
        messages_running.run(loop)
    evidence.figures("read", {f"after message {at}": part.decode() for at, part in enumerate(parts, 1)})

    assert parts == [b"a", b"nswer"]


@needs(has_epoll)
def test_files_have_no_such_message():
    """Where the loop waits with epoll, it refuses to watch a regular file, as asyncio's does."""
    with tempfile.TemporaryFile() as file, MessageLoop() as loop:
        loop.on("done", int)

        assert isinstance(raised_by(loop.watch, file, "done"), PermissionError)


@saboteur(caught_by=test_the_result_of_a_future_is_there_when_it_is_done)
def futures_with_a_provisional_result(patch):
    """A future has a result from the beginning."""
    patch.loop(messages_broken_loops.EarlyResults)


@saboteur(caught_by=test_the_handler_reads_without_waiting)
def loop_that_hears_the_wrong_thing(patch):
    """The loop reads what has arrived before its handler does."""
    patch.setattr(Ears, "hear", messages_broken_hearing.hear_and_read)


@saboteur(caught_by=test_the_end_of_input_is_a_message_too, hangs=True)
def loop_that_wants_more(patch):
    """The loop says nothing of sources that are at their end."""
    patch.setattr(Ears, "hear", messages_broken_hearing.hear_no_end)


@saboteur(caught_by=test_the_message_may_come_for_a_part, hangs=True)
def loop_that_wants_all(patch):
    """The loop says nothing of a source until some more has arrived than a byte."""
    patch.setattr(Ears, "hear", messages_broken_hearing.hear_of_much)


@saboteur(caught_by=test_files_have_no_such_message)
def loop_that_takes_files(patch):
    """The loop takes every source that it is given."""
    patch.setattr(Ears, "add", lambda *_: None)
