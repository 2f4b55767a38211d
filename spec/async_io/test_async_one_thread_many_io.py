"""One thread can have many requests on their way at the same time."""

import threading

import pytest

from spec.async_io.messages_peers import in_coroutines, in_messages, in_turn, peer
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads

claim = Claim(
    zh="一个线程可以同时有许多 IO 请求在途。",
    decides={"async.one-thread-many-io": 533},
    ruling=Holds(),
    needs=[has_threads],
)

REQUESTS, PATIENCE = 50, None
WAYS = {"asyncio": in_coroutines, "message loop": in_messages}


@pytest.mark.parametrize("way", WAYS)
def test_one_thread_has_fifty_requests_open(way, run_async, evidence):
    """Fifty requests of one thread, which starts no other, are open at their peer before it answers the first."""
    with peer(REQUESTS, PATIENCE) as asked:
        before = {*threading.enumerate()}
        answers = WAYS[way](asked.address, REQUESTS, run_async)
        more = {*threading.enumerate()} - before
    evidence.figures(way, {"requests open at once": asked.at_once, "threads more": len(more)})

    assert asked.at_once == REQUESTS
    assert answers == [b"%d" % number for number in range(REQUESTS)]
    assert not more


@saboteur(caught_by=test_one_thread_has_fifty_requests_open)
def requests_awaited_one_by_one(patch):
    """The thread waits for every answer before it asks for the next."""
    patch.here(WAYS=dict.fromkeys(WAYS, in_turn), PATIENCE=0.001)
