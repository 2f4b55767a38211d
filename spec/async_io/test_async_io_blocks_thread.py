"""An operation that blocks holds up what follows it in its own thread, and nothing in any other."""

import socket
from contextlib import contextmanager

from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline, happens_in_a_while, wait_until
from spec.support.outcomes import raised_by
from spec.threads.together import together

claim = Claim(
    zh="会阻塞的操作只拖住本线程里排在它后面的代码，别的线程照常运行。",
    decides={"async.io-blocks-thread": 510},
    ruling=HoldsIf(
        condition="the operation is one that blocks, and the other code is the same thread's",
        because="a thread that waits in the kernel has let go of the interpreter, so that other threads go on; and "
        "a socket that is told not to block says at once that there is nothing yet",
        correction=Text(
            en="A blocking call stops its thread and no other. Whether it blocks is the program's choice: a socket "
            "that does not block raises BlockingIOError instead.",
            zh="阻塞调用停住的只是发出调用的那个线程。要不要阻塞由程序决定：设为非阻塞的套接字会立刻抛出 "
            "BlockingIOError，而不会等。",
        ),
        references=[
            "https://docs.python.org/3/library/socket.html#notes-on-socket-timeouts",
            "https://docs.python.org/3/glossary.html#term-global-interpreter-lock",
        ],
    ),
)

BEATS = 30


def receive(connection):
    return connection.recv(100)


def beat(count):
    count.append("beat")


def forbid_to_block(connection):
    connection.settimeout(0)


@contextmanager
def receiving(log):
    """Run a thread that receives, and notes when it begins and when it goes on; yield its peer, and the thread."""
    ours, theirs = socket.socketpair()
    ours.settimeout(deadline())

    def wait_for_the_peer():
        log.append("receives")
        receive(ours)
        log.append("goes on")

    with ours, theirs, together(wait_for_the_peer, at_end=lambda: theirs.shutdown(socket.SHUT_WR)) as [thread]:
        wait_until(lambda: log, "the thread that receives")
        yield theirs, thread


@needs(has_threads)
def test_what_follows_waits_for_the_peer():
    """What follows a receiving call runs when the peer has sent, and not while it sends nothing."""
    log = []
    with receiving(log) as (theirs, thread):
        too_early = happens_in_a_while(lambda: len(log) > 1)
        theirs.sendall(b"sent")
        thread.end()

    assert not too_early
    assert log == ["receives", "goes on"]


@needs(has_threads)
def test_another_thread_goes_on(evidence):
    """While a thread is held up by its peer, another takes one step after the other."""
    log, beats = [], []
    with receiving(log), together(lambda: [beat(beats) for _ in range(BEATS)]) as [other]:
        other.end()
        meanwhile = list(log)
    evidence.figures("while one thread receives", {"it has": str(meanwhile), "steps of the other": len(beats)})

    assert meanwhile == ["receives"]
    assert len(beats) == BEATS


def test_a_socket_can_refuse_to_wait():
    """A socket that is not to block raises BlockingIOError where there is nothing to receive."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        forbid_to_block(ours)
        raised = raised_by(receive, ours)

    assert isinstance(raised, BlockingIOError)


@saboteur(caught_by=test_what_follows_waits_for_the_peer)
def call_that_only_looks(patch):
    """The call comes back at once, with nothing."""
    patch.here(receive=lambda _: b"")


@saboteur(caught_by=test_another_thread_goes_on)
def thread_that_stands_still(patch):
    """The other thread takes no step while it is not alone."""
    patch.here(beat=lambda _: None)


@saboteur(caught_by=test_a_socket_can_refuse_to_wait)
def socket_that_waits_a_little(patch):
    """The socket waits for a millisecond before it gives up."""
    patch.here(forbid_to_block=lambda connection: connection.settimeout(0.001))
