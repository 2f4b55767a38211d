"""With real IO in place of the sleep, one thread has several coroutines under way at the same time."""

import asyncio
import socket
import threading
from contextlib import ExitStack
from functools import partial

from spec.async_io.loop_groups import one_by_one
from spec.async_io.loop_peers import ask, tcp_peer
from spec.support import Claim, Holds, saboteur
from spec.threads.together import together

claim = Claim(
    zh="把睡眠换成真正的 IO，一个线程仍能同时推进多个协程。",
    decides={"asyncio.real-io-concurrent": 685},
    ruling=Holds(),
)

REQUESTS = 20

side_by_side = asyncio.gather


class HeldUntilAllAreThere:
    """Answers nobody until all have asked; knows in which threads it did so."""

    def __init__(self, number):
        self.asked, self.number, self.threads = [], number, set()
        self.all_have_asked = asyncio.Event()

    async def answer(self, line):
        """Answer a line when as many as expected have come."""
        self.asked.append(line)
        self.threads.add(threading.get_ident())
        if len(self.asked) == self.number:
            self.all_have_asked.set()
        await self.all_have_asked.wait()
        return line.upper()


async def requests_at_once(number):
    """Ask a peer as many things at once; return the answers, and all threads that asked or answered."""
    held, threads = HeldUntilAllAreThere(number), set()

    async def request(host, port, line):
        threads.add(threading.get_ident())
        return await ask(asyncio.open_connection(host, port), line)

    async with tcp_peer(held.answer, backlog=number) as address:
        answers = await side_by_side(*(request(*address, b"request %d\n" % each) for each in range(number)))
    return answers, threads | held.threads


def most_at_once(run_async, receive, number):
    """Let coroutines receive from as many peers in threads by `receive`; return how many waited at once at most."""
    under_way = [0]

    async def one(ours):
        ours.send(b"?")
        under_way.append(under_way[-1] + 1)
        answer = await receive(ours)
        under_way.append(under_way[-1] - 1)
        return answer

    async def all_of_them(pairs):
        return await asyncio.gather(*(one(ours) for ours, _ in pairs))

    with ExitStack() as stack:
        pairs = [socket.socketpair() for _ in range(number)]
        for each in sum(pairs, ()):
            stack.enter_context(each)
            each.settimeout(5)
        with together(*(partial(reply, theirs) for _, theirs in pairs)):
            answers = run_async(all_of_them(pairs))
    assert answers == [b"?!"] * number
    return max(under_way)


def reply(theirs):
    """Answer what comes, from a thread that does nothing else."""
    theirs.send(theirs.recv(1) + b"!")


async def receive_and_block(ours):
    """Receive by a call that keeps the thread."""
    return ours.recv(2)


async def receive_politely(ours):
    """Let others have a turn before receiving."""
    await asyncio.sleep(0)
    return ours.recv(2)


receive = receive_and_block


def test_one_thread_has_twenty_requests_under_way(run_async, evidence):
    """Twenty requests are with their peer at the same time, and each gets its answer; all of it in one thread."""
    answers, threads = run_async(requests_at_once(REQUESTS))
    evidence.figures("requests over TCP", {"under way at once": len(answers), "threads": len(threads)})

    assert answers == [b"REQUEST %d\n" % each for each in range(REQUESTS)]
    assert threads == {threading.get_ident()}


def test_calls_that_block_go_one_at_a_time(run_async, evidence):
    """With sockets that block, coroutines of one loop are served one at a time."""
    at_once = most_at_once(run_async, receive, 3)
    evidence.figures("coroutines with sockets that block", {"under way at once": at_once})

    assert at_once == 1


@saboteur(caught_by=test_one_thread_has_twenty_requests_under_way, hangs=True)
def one_request_at_a_time(patch):
    """A request is sent when the one before it has been answered."""
    patch.here(side_by_side=one_by_one)


@saboteur(caught_by=test_calls_that_block_go_one_at_a_time)
def calls_that_give_way(patch):
    """Each coroutine lets the others begin before it blocks."""
    patch.here(receive=receive_politely)
