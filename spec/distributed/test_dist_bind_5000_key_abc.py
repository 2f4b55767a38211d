"""The manager listens at the port that it is told, and lets in who has the key."""

import errno
import os
from multiprocessing import AuthenticationError

from spec.distributed.hosts_probed import can_leave_the_network
from spec.distributed.managing import KEY, LOOPBACK, connect, ended_in, proxies_of, reserved_port, served, shown
from spec.distributed.targets import managing, managing_broken
from spec.distributed.targets.managing import Queues
from spec.processes.multiprocessed import can_start_processes, offspring
from spec.support import Claim, HoldsIf, Text, needs, saboteur

claim = Claim(
    zh="管理器在指定的端口上监听，谁有密钥就让谁进来。",
    decides={"dist.bind-5000-key-abc": 444},
    ruling=HoldsIf(
        condition="nobody else listens at that port, and everyone who may reach it is trusted with the key",
        because="an empty host is every interface of the machine; the key is all that guards the server, "
        "and three letters are guessed soon; who has it can have any code run there, since what arrives is "
        "unpickled; and port 5000 is taken on many machines",
        correction=Text(
            en="Name the one interface that is meant, loopback if no other machine takes part; let the system "
            "pick the port; use 16 random bytes or more for the key, from a file that only its owner reads.",
            zh="明确写出要监听的那个地址，若无别的机器参与就用回环地址；端口让系统挑选；密钥至少用 16 个随机"
            "字节，存放在只有属主能读的文件里。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#multiprocessing.managers.BaseManager",
            "https://docs.python.org/3/library/pickle.html#module-pickle",
        ],
    ),
    needs=[can_start_processes],
)


def bound_to(*address):
    """Return the address at which a manager's server listens; it is closed before it has accepted anybody."""
    server = Queues(address, KEY).get_server()
    server.listener.close()
    return server.address


def test_the_manager_listens_where_it_is_told(mp_context, evidence):
    """The server listens at the port that the manager was told, and only the key that it was told lets in."""
    with reserved_port() as port, served(mp_context, address=(LOOPBACK, port), key=b"abc") as manager:
        listens_at = manager.address
        outcomes = {key: ended_in(connect, listens_at, key) for key in (b"abc", b"abd")}
    evidence.figures("keys", {str(key): shown(outcome) for key, outcome in outcomes.items()})

    assert listens_at == (LOOPBACK, port)
    assert [type(outcome) for outcome in outcomes.values()] == [type(None), AuthenticationError]


@needs(can_leave_the_network)
def test_an_empty_host_is_every_interface(clean_room, evidence):
    """A manager with an empty host listens at every interface of the machine, and with a named one there alone."""
    hosts = {"": clean_room.run(managing.host_in_a_network_of_its_own, ""), LOOPBACK: bound_to(LOOPBACK, 0)[0]}
    evidence.figures("where a manager listens", {repr(told): found for told, found in hosts.items()})

    assert hosts == {"": "0.0.0.0", LOOPBACK: LOOPBACK}


def test_a_port_that_is_taken_is_an_error():
    """A manager that is told a port at which another listens ends in OSError: the address is in use."""
    with reserved_port() as port:
        first = Queues((LOOPBACK, port), KEY).get_server()
        try:
            error = ended_in(bound_to, LOOPBACK, port)
        finally:
            first.listener.close()

    assert isinstance(error, OSError)
    assert error.errno == errno.EADDRINUSE


def test_the_key_opens_more_than_the_queues(mp_context, evidence):
    """Whoever has the key can have a function of his choice called in the server's process."""
    with offspring() as started, served(mp_context) as manager:
        [server] = (process.pid for process in started())
        with proxies_of(manager, "get_jobs") as [jobs]:
            jobs.put(CallsGetpid())
            called_in = jobs.get()
    evidence.figures("where os.getpid was called", {"the caller": os.getpid(), "the server": called_in})

    assert called_in == server


class CallsGetpid:
    """Comes out of its pickle as the id of the process that unpickles it."""

    def __reduce__(self):
        """Name a function to call."""
        return os.getpid, ()


@saboteur(caught_by=test_the_manager_listens_where_it_is_told)
def manager_that_takes_any_key(patch):
    """Whatever key is brought is taken for the right one."""
    patch.here(connect=lambda address, _: managing.connected(address, b"abc"))


@saboteur(caught_by=test_an_empty_host_is_every_interface)
def manager_that_stays_at_home(patch):
    """An empty host is taken for one interface."""
    patch.in_child(managing_broken.manager_at_one_interface)


@saboteur(caught_by=test_a_port_that_is_taken_is_an_error)
def manager_that_goes_elsewhere(patch):
    """The manager takes another port than it is told."""
    patch.here(Queues=lambda address, key: managing.Queues((address[0], 0), key))


@saboteur(caught_by=test_the_key_opens_more_than_the_queues)
def server_that_calls_nothing(patch):
    """The server calls no function that a pickle names."""
    patch.in_child(managing_broken.pickles_that_call_nothing)
