"""With an event loop a single thread of a single process has many tasks under way at once."""

import pytest
from hypothesis.strategies import binary, lists

from spec.choosing.targets import serving, serving_broken, serving_ends, serving_limits
from spec.choosing.targets.serving import KINDS
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork
from spec.support.properties import for_any

claim = Claim(
    zh="借助事件循环，一个进程里的一个线程就能同时推进许多任务。",
    decides={"evio.single-thread-multitask": 410},
    ruling=Holds(),
    needs=[can_fork],
)

CLIENTS = 100
LINE = binary(max_size=300).map(lambda some: some.replace(b"\n", b""))


def test_one_thread_holds_a_hundred_requests(clean_room, evidence):
    """A hundred requests are open at the same time in one thread of one process, and all of them are answered."""
    held = clean_room.run(serving.hold_requests, "one loop", CLIENTS)
    threads = {"requests open at once": len(held.by), "processes": len(held.processes), "threads": len(set(held.by))}
    evidence.figures("an event loop with clients that wait", threads)

    assert len(held.by) == CLIENTS
    assert {pid for pid, _ in set(held.by)} == {*held.pids}
    assert len(set(held.by)) == 1
    assert held.answers == [b"%d" % number for number in range(CLIENTS)]


@pytest.mark.parametrize("kind", KINDS)
def test_any_requests_are_answered_in_order(clean_room, kind):
    """Whatever lines a client sends on one connection, each is answered, and in their order."""

    @for_any(lists(LINE, max_size=8), examples=4)
    def come_back(requests):
        assert clean_room.run(serving.exchange, kind, requests) == requests


@pytest.mark.parametrize("kind", ["a process each", "one loop"])
def test_more_connections_than_allowed_wait(clean_room, kind):
    """A connection beyond the number that a process may serve at once waits until another is closed."""
    came, answer = clean_room.run(serving_limits.one_too_many, kind)

    assert not came
    assert answer == b"second"


def test_the_loop_is_the_callers_choice(clean_room):
    """The server runs in the kind of event loop that its caller's factory makes."""
    assert clean_room.run(serving_ends.kind_of_loop) == b"OwnLoop"


@saboteur(caught_by=test_one_thread_holds_a_hundred_requests, hangs=True)
def loop_that_takes_one_at_a_time(patch):
    """The loop accepts a connection when the one before it has ended."""
    patch.in_child(serving_broken.one_at_a_time)


@saboteur(caught_by=test_any_requests_are_answered_in_order)
def server_that_turns_answers_round(patch):
    """The bytes of an answer come in the opposite order."""
    patch.in_child(serving_broken.answers_upside_down)


@saboteur(caught_by=test_more_connections_than_allowed_wait)
def server_without_a_number(patch):
    """The server accepts whatever comes."""
    patch.in_child(serving_broken.no_limit)


@saboteur(caught_by=test_the_loop_is_the_callers_choice)
def server_with_a_loop_of_its_own(patch):
    """The server does not ask the factory."""
    patch.in_child(serving_broken.default_loop)
