"""A handler that needs something from elsewhere asks for it and returns; the next message is handled meanwhile."""

import socket

from concurrency_lib.message_loop import MessageLoop
from spec.async_io import messages_broken_hearing, messages_broken_loops, messages_running
from spec.async_io.messages_asked import callbacks_in_order, show
from spec.support import Claim, Holds, saboteur
from spec.support.outcomes import raised_by

claim = Claim(
    zh="处理函数需要外部数据时，发出请求便返回；循环接着处理下一条消息。",
    decides={"async.handler-ends-at-io": 531},
    ruling=Holds(),
)

IN_ORDER = ["asked, and ended", "key", "peer has the question", "we have the answer"]


def messages_in_order():
    """Have a handler ask a peer, which answers as the next message is handled; return what happened."""
    log = []
    ours, theirs = socket.socketpair()
    with ours, theirs, MessageLoop() as loop:

        def ask():
            ours.sendall(b"question")
            loop.watch(ours, "answer")
            log.append("asked, and ended")

        def answer(question):
            log.append(f"peer has the {question.recv(100).decode()}")
            question.sendall(b"answer")

        def take(connection):
            log.append(f"we have the {connection.recv(100).decode()}")
            loop.stop()

        for name, handler in [("ask", ask), ("question", answer), ("answer", take), ("key", log.append)]:
            loop.on(name, handler)
        loop.watch(theirs, "question")
        loop.post("ask")
        loop.post("key", "key")
        messages_running.run(loop)
    return log


def test_a_handler_of_messages_ends_before_its_answer(evidence):
    """A handler asks and ends, another message is handled, the peer hears, and the answer is handled last."""
    log = messages_in_order()
    show(evidence, log)

    assert log == IN_ORDER


def test_a_callback_ends_before_its_answer(run_async, evidence):
    """The callbacks of asyncio come in the same order, each in its own turn."""
    log = run_async(callbacks_in_order())
    show(evidence, log)

    assert log == IN_ORDER


def test_an_answer_can_be_watched_for_again():
    """A source that was watched is heard of once; a handler that wants to hear of it again watches again."""
    heard = []
    ours, theirs = socket.socketpair()
    with ours, theirs, MessageLoop() as loop:

        def take(connection):
            heard.append(connection.recv(1).decode())
            if len(heard) < 3:
                loop.watch(connection, "letter")
            else:
                loop.post("end")

        loop.on("letter", take)
        loop.on("end", loop.stop)
        loop.watch(ours, "letter")
        theirs.sendall(b"letters")
        messages_running.run(loop)

    assert heard == [*"let"]


def test_a_source_is_watched_by_the_thread_of_the_loop():
    """While a loop runs, another thread that asks it to watch something is refused."""
    refusals = []
    ours, theirs = socket.socketpair()
    with ours, theirs, MessageLoop() as loop:

        def have_another_thread_ask():
            refusals.append(messages_running.elsewhere(raised_by, loop.watch, ours, "answer"))
            loop.stop()

        loop.on("answer", int)
        loop.on("ask", have_another_thread_ask)
        loop.post("ask")
        messages_running.run(loop)

    assert [type(refusal) for refusal in refusals] == [RuntimeError]


@saboteur(caught_by=test_a_handler_of_messages_ends_before_its_answer)
def handlers_within_handlers(patch):
    """Watching for something handles what has been posted in the meantime."""
    patch.setattr(MessageLoop, "watch", messages_broken_hearing.watch_and_handle)


@saboteur(caught_by=test_a_callback_ends_before_its_answer)
def loop_that_turns_callbacks_round(patch):
    """The loop calls the newest callback first."""
    patch.loop(messages_broken_loops.NewestFirst)


@saboteur(caught_by=test_an_answer_can_be_watched_for_again)
def source_that_is_heard_all_the_time(patch):
    """A source is heard of for as long as it can be read, and a letter has been read twice."""
    patch.setattr(MessageLoop, "watch", messages_broken_hearing.watch_twice)


@saboteur(caught_by=test_a_source_is_watched_by_the_thread_of_the_loop)
def loop_that_obeys_every_thread(patch):
    """Any thread may have the loop watch something."""
    patch.setattr(MessageLoop, "watch", lambda *_: None)
