"""Little of the network shows in a program that uses managers, until something goes wrong in it."""

import operator
import socket

import pytest

from concurrency_lib.task_server import AddressUnavailable, NoServer, ServerGone, TaskServer, Worker, WrongKey, links
from concurrency_lib.task_server.serving import Serving
from concurrency_lib.task_server.terms import Terms
from spec.distributed import tasking_broken
from spec.distributed.targets import tasking_master
from spec.distributed.tasking import KEY, LOOPBACK, serving, somebody_else, take, working
from spec.support import Claim, Opinion, saboteur
from spec.support.capabilities import can_fork
from spec.support.outcomes import raised_by
from spec.threads.together import together

claim = Claim(
    zh="用管理器写程序，平时几乎看不到网络的影子，直到网络上出了差错为止。",
    decides={"dist.no-network-details": 418},
    ruling=Opinion(
        because="no socket appears in such a program, but ports that are taken, keys that differ, servers that go "
        "away, and the trust that a pickle takes, do; how each of them shows is what can be observed"
    ),
    needs=[can_fork],
)

SOON = 0.05  # seconds, instead of many, for which a library's server is patient here
TROUBLES = {
    "wrong key": {"AuthenticationError"},
    "no server": {"ConnectionRefusedError"},
    "server gone": {"EOFError", "ConnectionError"},
}


def end_without_a_word(server):
    """Cut every connection of a server, as its death does."""
    for wire in list(server.serving.wires.values()):
        links.hang_up(wire)


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.replace(" ", "-"))
def test_a_manager_lets_the_network_through(clean_room, evidence, trouble):
    """A program that uses a manager meets the network's own exceptions: a refused or lost connection, a wrong key."""
    names = clean_room.run(tasking_master.exceptions_of_trouble, trouble)
    evidence.figures(trouble, {"exception": names[0], "its bases": ", ".join(names[1:])})

    assert TROUBLES[trouble] & set(names)


def test_nobody_there_is_told_with_the_address():
    """Where nobody listens, the library's client says at which address it expected a server, and what to do."""
    with socket.socket() as holder:
        holder.bind(LOOPBACK)
        error = raised_by(Worker, holder.getsockname(), KEY)
        where = links.written(holder.getsockname())

    assert isinstance(error, NoServer)
    assert str(error).startswith(f"{where}: expected a task server, found ")
    assert str(error).endswith("; start one, or mend the address")


def connect_soon(address):
    Worker(address, KEY, handshake=SOON).link.close()


@pytest.mark.parametrize("greeting", [b"", b"220 mail.example ESMTP\r\n"], ids=["silent", "mail"])
def test_another_service_is_told_from_a_task_server(greeting):
    """At a port where something else answers, or nothing does, the library's client says so instead of waiting."""
    with somebody_else(greeting) as address:
        error = raised_by(connect_soon, address)

    assert isinstance(error, NoServer)
    assert "found something else" in str(error)


def test_another_key_is_told_on_both_sides(evidence):
    """A client with another key learns that it is the key; the server says who was refused, and serves the others."""
    with serving() as served, working(served), served.master() as master:
        error = raised_by(Worker, served.address, b"another key, of some length")
        line = served.says("expected this server's key")
        values, said = list(master.map(operator.neg, [1, 2])), list(served.lines)
        evidence.transcript("a client with another key", "TaskServer", line, str(error))

    assert isinstance(error, WrongKey)
    assert values == [-1, -2]
    assert len(said) == 1


def test_a_server_that_goes_is_told_to_who_waits():
    """A worker that waits for tasks, and a master that waits for results, learn that the server is gone."""
    with serving() as served, served.worker() as worker, served.master() as master:
        master.submit(abs, [-1])
        take(worker)
        waiting = (lambda: take(worker), lambda: list(master.results()))
        with together(*waiting, at_end=lambda: end_without_a_word(served.server)) as both:
            end_without_a_word(served.server)
            errors = [each.exception() for each in both]

    assert [type(error) for error in errors] == [ServerGone, ServerGone]
    assert all("the server is gone" in str(error) for error in errors)


def test_a_port_that_is_taken_is_told():
    """A second server at the same port is refused with the address and what to do."""
    with serving() as served:
        error = raised_by(lambda: TaskServer(served.address, key=KEY).close())

    assert isinstance(error, AddressUnavailable)
    assert "choose another port" in str(error)


@saboteur(caught_by=test_a_manager_lets_the_network_through)
def every_trouble_by_one_name(patch):
    """Whatever goes wrong is told as one and the same exception."""
    patch.in_child(tasking_master.one_name_for_every_trouble)


@saboteur(caught_by=test_nobody_there_is_told_with_the_address)
def address_kept_back(patch):
    """An error does not say which address was tried."""
    patch.setattr(NoServer, "__str__", lambda _: "somewhere")


@saboteur(caught_by=test_another_service_is_told_from_a_task_server)
def whatever_answers_is_taken(patch):
    """A client takes whoever answers, or does not, for the server."""
    patch.setattr(links, "_prove", lambda *_: None)
    patch.setattr(links.Link, "call", lambda *_: Terms(60.0, 1))


@saboteur(caught_by=test_another_key_is_told_on_both_sides)
def key_told_as_any_trouble(patch):
    """A key that differs is told as if there were no server."""
    patch.setattr(links, "WrongKey", NoServer)


@saboteur(caught_by=test_a_server_that_goes_is_told_to_who_waits)
def end_that_looks_like_idleness(patch):
    """A call whose answer does not come ends as if there were nothing to do."""
    patch.setattr(links.Link, "call", tasking_broken.call_until_any_end)


@saboteur(caught_by=test_a_port_that_is_taken_is_told)
def server_at_any_port(patch):
    """A server whose port is taken listens at another."""
    patch.setattr(Serving, "__init__", tasking_broken.listen_at_any_port)
