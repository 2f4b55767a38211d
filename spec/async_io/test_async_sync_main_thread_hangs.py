"""Until an answer comes, a thread that waits for it does nothing else; one that has it sent as a message goes on."""

import socket

from concurrency_lib.message_loop import MessageLoop
from spec.async_io import messages_running
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline, happens_in_a_while, wait_until
from spec.support.evidence import Event, Lane
from spec.threads.together import together

claim = Claim(
    zh="答案到来之前，同步等待的线程别的什么也做不了；让答案以消息的形式到来，线程就能继续处理别的消息。",
    decides={"async.sync-main-thread-hangs": 533, "async.async-main-thread-works": 533},
    ruling=Holds(),
    needs=[has_threads],
)

KEYS = 5


def wait_for_it(loop, connection):
    """Wait for the answer in the handler that asks."""
    connection.settimeout(deadline())
    loop.post("answer", connection.recv(100))


def have_it_sent(loop, connection):
    """Have the answer come as a message."""
    loop.watch(connection, "arrived")


def has_time(every_key_is_handled):
    """Give the loop time to handle what it must not."""
    happens_in_a_while(every_key_is_handled)


def gets_it_done(every_key_is_handled):
    """Wait until the loop has handled what it must."""
    wait_until(every_key_is_handled, "the keys")


def meanwhile_and_in_all(ask, until):
    """Ask a peer that is silent `until` then, and post keys; return what was handled before it answers, and in all."""
    log = []
    ours, theirs = socket.socketpair()
    with ours, theirs, MessageLoop(slow=lambda *_: None) as loop, messages_running.in_time(loop):
        loop.on("ask", lambda: (log.append("asks"), ask(loop, ours)))
        loop.on("arrived", lambda connection: loop.post("answer", connection.recv(100)))
        loop.on("answer", lambda answer: log.append(answer.decode()))
        loop.on("key", log.append)
        loop.post("ask")
        with together(loop.run, names=["loop"], at_end=lambda: (theirs.close(), loop.stop())):
            wait_until(lambda: log, "the question")
            for _ in range(KEYS):
                loop.post("key", "key")
            until(lambda: log.count("key") == KEYS)
            meanwhile = list(log)
            theirs.sendall(b"answer")
            wait_until(lambda: len(log) == KEYS + 2, "the answer and every key")
    return meanwhile, log


def show(evidence, log):
    """Show what the thread of the loop did, in its order."""
    events = [Event(what, at) for at, what in enumerate(log)]
    evidence.timeline("the thread of the loop", [Lane("handled", events=events)], "steps")


def test_a_thread_that_waits_handles_nothing_else(evidence):
    """A thread whose handler waits for a silent peer handles none of the keys that are pressed meanwhile."""
    meanwhile, log = meanwhile_and_in_all(asks_and_waits, has_time)
    show(evidence, log)

    assert meanwhile == ["asks"]
    assert log.count("key") == KEYS


def test_a_thread_that_is_told_handles_everything_else(evidence):
    """A thread that is told when its peer has answered handles every key before that."""
    meanwhile, log = meanwhile_and_in_all(asks_and_goes_on, gets_it_done)
    show(evidence, log)

    assert meanwhile == ["asks"] + ["key"] * KEYS
    assert log[-1] == "answer"


asks_and_waits, asks_and_goes_on = wait_for_it, have_it_sent


@saboteur(caught_by=test_a_thread_that_waits_handles_nothing_else)
def waiting_that_is_none(patch):
    """The handler does not wait, but has the answer sent."""
    patch.here(asks_and_waits=have_it_sent)


@saboteur(caught_by=test_a_thread_that_is_told_handles_everything_else, hangs=True)
def handler_that_waits(patch):
    """The handler that asks waits for the answer."""
    patch.here(asks_and_goes_on=wait_for_it)
