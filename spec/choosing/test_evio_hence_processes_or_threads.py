"""Where calls block, a process or a thread for each client lets all of them be served at the same time."""

import threading

import pytest

from spec.choosing.targets import serving, serving_broken, serving_ends
from spec.choosing.targets.serving import KINDS
from spec.support import Claim, HoldsIf, Text, needs, saboteur
from spec.support.capabilities import can_fork, has_proc
from spec.support.deadlines import deadline
from spec.support.evidence import Outcome
from spec.threads.together import together

claim = Claim(
    zh="调用会阻塞的时候，给每个客户端一个进程或线程，就能同时为它们服务。",
    decides={"evio.hence-processes-or-threads": 408},
    ruling=HoldsIf(
        condition="whatever serves a client waits in calls that block",
        because="processes and threads are enough to have many waits under way at once, but they are not the only "
        "way: an event loop holds the same requests open in one process with one thread",
        correction=Text(
            en="Take processes or threads for code that blocks, and processes where a crash must cost one client "
            "alone; for waits that a loop can watch neither is needed.",
            zh="代码会阻塞，就用进程或线程；要让崩溃只影响一个客户端，就用进程；等待可以交给事件循环时，两者都用不着。",
        ),
        references=[
            "https://docs.python.org/3/library/socketserver.html#asynchronous-mixins",
            "https://docs.python.org/3/library/asyncio-stream.html",
        ],
    ),
    needs=[can_fork],
)

CLIENTS = 12


def show(evidence, held):
    """Show how many requests were open at once, and in how many processes and threads."""
    evidence.figures(
        "while all requests were open",
        {
            "requests": len(held.by),
            "processes that had one": len(held.processes),
            "processes that accept": len(held.pids),
        },
    )


def block_until_all_are_here(meeting):
    """Block until every thread is in the same call."""
    return meeting.wait(deadline())


def test_threads_wait_at_the_same_time(evidence):
    """Calls that block are under way at the same time, one in each of as many threads."""
    meeting = threading.Barrier(CLIENTS)
    with together(*[lambda: block_until_all_are_here(meeting)] * CLIENTS, at_end=meeting.abort) as waiting:
        met = sum(thread.exception() is None for thread in waiting)
    evidence.tally("threads", [Outcome("blocked beside all the others", met, "acceptable", "they waited at once")])

    assert met == CLIENTS


def test_processes_wait_at_the_same_time(clean_room, evidence):
    """A server that forks for each connection holds all requests open at once, each in a process of its own."""
    held = clean_room.run(serving.hold_requests, "a process each", CLIENTS)
    show(evidence, held)

    assert len(held.processes) == CLIENTS
    assert not held.processes & {*held.pids}
    assert held.answers == [b"%d" % number for number in range(CLIENTS)]


def test_a_loop_needs_neither(clean_room, evidence):
    """An event loop holds as many requests open at once in a single process and a single thread."""
    held = clean_room.run(serving.hold_requests, "one loop", CLIENTS)
    show(evidence, held)

    assert len(set(held.by)) == 1
    assert held.answers == [b"%d" % number for number in range(CLIENTS)]


def test_a_crash_costs_one_client(clean_room):
    """A handler that is killed by a signal ends its own connection; others are answered before and after."""
    assert clean_room.run(serving_ends.crash_beside, "a process each") == [b"before", b"", b"after"]


@needs(has_proc)
def test_processes_that_ended_are_reaped(clean_room):
    """When its clients are gone, the server that forked for them has no child left, a zombie neither."""
    assert clean_room.run(serving_ends.children_left_by_clients, 5) == 0


def test_a_server_is_for_this_machine_alone(clean_room):
    """Unless it is given another address, a server listens on the loopback."""
    addresses = {kind: clean_room.run(serving_ends.address_of, kind) for kind in KINDS}

    assert {host for host, _ in addresses.values()} == {"127.0.0.1"}
    assert clean_room.run(serving_ends.address_of, "one loop", ("127.0.0.2", 0))[0] == "127.0.0.2"


@pytest.mark.parametrize("kind", KINDS)
def test_the_end_of_the_block_ends_the_server(clean_room, kind):
    """When a server is closed its clients are cut, new ones are refused, and no process of it is left."""
    assert clean_room.run(serving_ends.after_the_block, kind) == (b"", True)


@saboteur(caught_by=test_threads_wait_at_the_same_time)
def thread_that_does_not_wait(patch):
    """A thread gives up as soon as it is to wait."""
    patch.here(block_until_all_are_here=lambda meeting: meeting.wait(0))


@saboteur(caught_by=test_processes_wait_at_the_same_time, hangs=True)
def server_in_one_process(patch):
    """The process that accepts serves as well, one client after the other."""
    patch.in_child(serving_broken.serve_where_it_accepts)


@saboteur(caught_by=test_a_loop_needs_neither, hangs=True)
def loop_that_is_blocked(patch):
    """The handler waits in a call that blocks the loop."""
    patch.in_child(serving_broken.handlers_that_block)


@saboteur(caught_by=test_a_crash_costs_one_client)
def server_with_threads(patch):
    """Each connection has a thread of the process that accepts."""
    patch.in_child(serving_broken.threads_instead)


@saboteur(caught_by=test_processes_that_ended_are_reaped, hangs=True)
def server_that_forgets_its_children(patch):
    """Nobody asks how the children ended."""
    patch.in_child(serving_broken.never_reap)


@saboteur(caught_by=test_a_server_is_for_this_machine_alone)
def server_for_everybody(patch):
    """A server listens at every address of the machine."""
    patch.in_child(serving_broken.everywhere)


@saboteur(caught_by=test_the_end_of_the_block_ends_the_server, hangs=True)
def server_that_stays(patch):
    """Closing a server does nothing."""
    patch.in_child(serving_broken.close_late)
