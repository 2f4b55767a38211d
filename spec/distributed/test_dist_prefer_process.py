"""Processes are the steadier choice: what ends one leaves the others, and a server of tasks, as they were."""

import operator
import signal

import pytest

from concurrency_lib.task_server import links
from concurrency_lib.task_server import serving as library
from concurrency_lib.task_server.desk import Desk
from concurrency_lib.task_server.serving import Serving
from spec.distributed import tasking_broken
from spec.distributed.targets import leases_crashes as crashes
from spec.distributed.tasking import serving, stranger, take, working
from spec.distributed.tasking_strangers import impatient, read_to_the_end, say_and_be_done, shrink_what_it_receives
from spec.support import Claim, Opinion, saboteur
from spec.support.capabilities import can_fork
from spec.support.deadlines import deadline

claim = Claim(
    zh="进程是更稳妥的选择：一个进程出事，其他进程以及任务服务器都照常运行。",
    decides={"dist.prefer-process": 416},
    ruling=Opinion(
        because="which to choose also depends on memory, starting time and how much is shared; that a fatal error in a "
        "process stays there, while one in a thread ends all of them, is what can be shown"
    ),
    needs=[can_fork],
)

LARGE = 5 << 20  # bytes: more than the kernel keeps for somebody who does not read
GARBAGE = {"a web browser": b"GET / HTTP/1.1\r\n\r\n", "zeros": bytes(64), "ones": b"\xff" * 64}


def test_a_fatal_signal_in_a_process_spares_the_rest(clean_room, evidence):
    """Of two processes with the same work, one dies by a signal, and the other goes on to its value."""
    codes, value = clean_room.run(crashes.one_process_of_two)
    evidence.figures("two processes", {"exit code of the one": codes[0], "of the other": codes[1], "value": value})

    assert codes == [-signal.SIGSEGV, 0]
    assert value == "done"


def test_a_fatal_signal_in_a_thread_takes_all_along(clean_room, evidence):
    """Of two threads with the same work, one raises a fatal signal, and neither goes on, nor does their process."""
    code, value = clean_room.run(crashes.one_thread_of_two)
    evidence.figures("two threads of a process", {"exit code": code, "value of the other": value})

    assert code == -signal.SIGSEGV
    assert value == "nothing"


def test_a_client_that_vanishes_costs_the_server_one_line(evidence):
    """A master or a worker that vanishes costs the library's server one line, and its other clients nothing."""
    with serving() as served, served.master() as steady:
        with served.master() as master:
            master.submit(abs, [-1, -2])
            with served.worker() as worker:
                take(worker)
            served.says("back in the queue")
        served.says("forgotten: 2")
        evidence.transcript("what the server said", "TaskServer", "\n".join(served.lines), 0)
        still = steady.status()

    assert len(served.lines) == 2
    assert (still["masters"], still["workers"], still["waiting"]) == (1, 0, 0)


@pytest.mark.parametrize("what", GARBAGE, ids=lambda what: what.replace(" ", "-"))
def test_garbage_costs_one_line(what):
    """Bytes that are no client's cost their connection, and one line; the server works on."""
    with serving() as served, working(served), served.master() as master:
        with stranger(served.address) as its:
            say_and_be_done(its, GARBAGE[what])
            line = served.says("was refused")
            ended = read_to_the_end(its)
        values, said = list(master.map(operator.neg, [1, 2])), list(served.lines)

    assert ended
    assert said == [line]
    assert values == [-1, -2]


def test_a_client_that_says_nothing_is_put_off():
    """A connection that is opened, and used for nothing, is closed in time; nobody waits behind it meanwhile."""
    with serving() as served, stranger(served.address):
        with working(served), served.master() as master:
            values = list(master.map(operator.neg, [1, 2]))
        with impatient(served, "handshake"), stranger(served.address) as its:
            ended = read_to_the_end(its)
        line = served.says("found silence")

    assert values == [-1, -2]
    assert ended
    assert "expected proof of the key within 0.01 s" in line


def test_a_client_that_does_not_read_is_dropped():
    """A worker that does not read the tasks it asked for is dropped, and they go to another."""
    with serving() as served, served.master() as master:
        with impatient(served, "silence"):
            deaf = served.worker()
        with deaf:
            shrink_what_it_receives(deaf)
            master.submit(len, [bytes(LARGE)])
            deaf.wire.send((links.DESK, "exchange", ([], [], 1, deadline()), {}))
            served.says("expected it to read its answer")
            served.says("back in the queue")
            with working(served):
                (result,) = master.results()

    assert result.value() == LARGE


@saboteur(caught_by=test_a_fatal_signal_in_a_process_spares_the_rest)
def processes_that_share_their_fate(patch):
    """The death of a process is followed by that of its sibling."""
    patch.in_child(crashes.sibling_killed_too)


@saboteur(caught_by=test_a_fatal_signal_in_a_thread_takes_all_along)
def signal_that_is_ignored(patch):
    """The signal does nothing."""
    patch.in_child(crashes.signal_ignored)


@saboteur(caught_by=test_a_client_that_vanishes_costs_the_server_one_line)
def server_that_counts_the_dead(patch):
    """The server forgets nobody who has joined it."""
    patch.setattr(Desk, "leave", tasking_broken.leave_on_paper)


@saboteur(caught_by=test_garbage_costs_one_line)
def server_that_says_all_twice(patch):
    """What happens to a client is said in two lines."""
    patch.setattr(Serving, "say", tasking_broken.say_twice)


@saboteur(caught_by=test_a_client_that_says_nothing_is_put_off, hangs=True)
def server_that_waits_for_ever(patch):
    """The server waits for a client's proof for as long as that takes."""
    patch.setattr(library, "limit", lambda *_, **__: None)


@saboteur(caught_by=test_a_client_that_does_not_read_is_dropped, hangs=True)
def server_that_sends_for_ever(patch):
    """The server waits for as long as a client does not read."""
    patch.setattr(library, "limit", lambda *_, **__: None)
