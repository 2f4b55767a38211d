"""The program is told when input can be had, and until then neither has it nor asks for it again."""

import asyncio
import socket
from contextlib import contextmanager

from spec.async_io import messages_broken_loops, messages_rounds
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import has_threads

claim = Claim(
    zh="有了可读的输入，程序会得到通知；在此之前它既拿不到结果，也不必反复去问。",
    decides={"async.notify-on-completion": 516},
    ruling=HoldsIf(
        condition="to be told that the result can be fetched without waiting is what is meant",
        because="the kernel tells Unix programs that a socket is ready, and they read it themselves; on Windows the "
        "loop of asyncio is told when the reading itself is done. Streams and `sock_recv` do the reading for whoever "
        "awaits them, so that both look alike",
        correction=Text(
            en="What a loop on Unix is told is readiness: something has arrived and is still to be read. Whoever "
            "awaits a stream is told when the loop has read it.",
            zh="在 Unix 上，循环得到的通知是“就绪”：数据到了，还要自己去读。等待流的协程则在循环读完之后才继续。",
        ),
        references=[
            "https://docs.python.org/3/library/asyncio-eventloop.html#watching-file-descriptors",
            "https://docs.python.org/3/library/asyncio-platforms.html",
            "https://man7.org/linux/man-pages/man7/epoll.7.html",
        ],
    ),
)

SELECTOR = messages_rounds.Counting


@contextmanager
def connection():
    """Yield both ends of one, of which ours is not to block."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(0)
        yield ours, theirs


async def told_of(log):
    """Have a peer send after some rounds of the loop; log when that is, and what is unread when we are told of it."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()

    def can_be_read():
        log.append(f"told, unread: {unread(ours)}")
        loop.remove_reader(ours)
        told.set()

    with connection() as (ours, theirs):
        loop.add_reader(ours, can_be_read)
        for _ in range(10):
            await asyncio.sleep(0)
        log.append("sent")
        theirs.sendall(b"here")
        await told.wait()


def unread(ours):
    """Return what can be read, and leave it there."""
    try:
        return ours.recv(100, socket.MSG_PEEK).decode()
    except BlockingIOError:
        return "nothing"


async def received():
    """Return what a coroutine receives that awaits it, and what is left to be read then."""
    with connection() as (ours, theirs):
        receiving = asyncio.create_task(asyncio.get_running_loop().sock_recv(ours, 100))
        await asyncio.sleep(0)
        theirs.sendall(b"here")
        return (await receiving).decode(), unread(ours)


def test_the_callback_comes_after_the_peer(run_async, evidence):
    """A callback for a socket is called when the peer has sent, and not in the rounds before; all is unread then."""
    log = []
    run_async(told_of(log))
    evidence.figures("what happened", {f"{at}.": what for at, what in enumerate(log, 1)})

    assert log == ["sent", "told, unread: here"]


def test_who_awaits_is_handed_what_was_read(run_async):
    """A coroutine that awaits input goes on with it in its hands, and nothing is left to be read."""
    assert run_async(received()) == ("here", "nothing")


@needs(has_threads)
def test_a_loop_that_waits_does_not_ask_again():
    """While its peer is silent, a loop of asyncio waits in one question to the kernel, and asks no other."""
    asks_again, received = messages_rounds.asks_again_while_it_waits(SELECTOR())

    assert not asks_again
    assert received == b"sent"


@saboteur(caught_by=test_the_callback_comes_after_the_peer)
def loop_that_cannot_wait(patch):
    """The loop tells of a socket as soon as it is asked to watch it."""
    patch.loop(messages_broken_loops.Hasty)


@saboteur(caught_by=test_who_awaits_is_handed_what_was_read)
def loop_that_only_looks(patch):
    """The loop hands over what has arrived, and leaves it to be read."""
    patch.loop(messages_broken_loops.Peeking)


@saboteur(caught_by=test_a_loop_that_waits_does_not_ask_again)
def loop_that_polls(patch):
    """The loop asks again and again whether something is ready."""
    patch.here(SELECTOR=messages_rounds.Restless)
