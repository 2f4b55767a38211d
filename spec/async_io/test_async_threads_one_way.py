"""Threads are one way to have many requests open at once, and asynchronous input and output is another."""

import pytest

from spec.async_io import messages_peers
from spec.async_io.messages_peers import AT_ONCE, in_turn, peer
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import a_while

claim = Claim(
    zh="要让许多请求同时在途，多线程是一种办法，异步 IO 是另一种。",
    decides={"async.threads-one-way": (514, 516)},
    ruling=Holds(),
    needs=[has_threads],
)

REQUESTS, PATIENCE = 20, None

ways = dict(AT_ONCE)


@pytest.mark.parametrize("way", AT_ONCE)
def test_every_way_has_all_requests_open(way, run_async, evidence):
    """A peer that answers when twenty have asked answers twenty threads, twenty coroutines, and one message loop."""
    with peer(REQUESTS, PATIENCE) as asked:
        answers = ways[way](asked.address, REQUESTS, run_async)
    evidence.figures(f"requests by {way}", {"open at once": asked.at_once, "answered": len(answers)})

    assert asked.at_once == REQUESTS
    assert answers == [b"%d" % number for number in range(REQUESTS)]


def test_calls_in_a_row_have_one_open(evidence):
    """Calls that block, one after the other, get the same answers with never more than one request open."""
    with peer(2, patience=a_while()) as asked:
        answers = ways.get("in turn", in_turn)(asked.address, 2)
    evidence.figures("requests in turn", {"open at once": asked.at_once, "answered": len(answers)})

    assert asked.at_once == 1
    assert answers == [b"0", b"1"]


@saboteur(caught_by=test_every_way_has_all_requests_open)
def way_that_asks_in_turn(patch):
    """Each request is made when the one before it has been answered."""
    patch.here(ways=dict.fromkeys(AT_ONCE, in_turn), PATIENCE=0.001)


@saboteur(caught_by=test_calls_in_a_row_have_one_open)
def calls_that_overlap(patch):
    """The calls are made in threads."""
    patch.here(ways={"in turn": messages_peers.in_threads})
