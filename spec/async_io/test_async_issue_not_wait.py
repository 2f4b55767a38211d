"""Asynchronous code asks for input, and gets on with something else instead of waiting for it."""

import asyncio
import socket

from spec.async_io import messages_broken_loops
from spec.support import Claim, Holds, saboteur
from spec.support.evidence import Event, Lane

claim = Claim(
    zh="异步代码只管发出 IO 请求，不在原地等，转而去做别的事。",
    decides={"async.issue-not-wait": 516},
    ruling=Holds(),
)


async def ask_and_work(log):
    """Ask a peer, which answers when ten pieces of other work are done."""
    loop = asyncio.get_running_loop()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(0)

        async def ask():
            log.append("asked")
            log.append((await loop.sock_recv(ours, 100)).decode())

        asking = asyncio.create_task(ask())
        for number in range(10):
            await asyncio.sleep(0)
            log.append(f"work {number}")
        theirs.sendall(b"answered")
        await asking


def test_other_work_is_done_between_request_and_answer(run_async, evidence):
    """In one thread a request is made, ten pieces of other work are done, and then the answer comes."""
    log = []
    run_async(ask_and_work(log))
    evidence.timeline("one thread", [Lane("events", events=[Event(what, at) for at, what in enumerate(log)])], "steps")

    assert log == ["asked", *(f"work {number}" for number in range(10)), "answered"]


@saboteur(caught_by=test_other_work_is_done_between_request_and_answer, hangs=True)
def request_that_waits(patch):
    """The loop waits for the answer where it is asked for it."""
    patch.loop(messages_broken_loops.WaitsForAnswers)
