"""The serving program registers the queue, starts its service and fills it; the queue lives in another process."""

import pickle
from contextlib import ExitStack

from concurrency_lib._remote import Success
from concurrency_lib.task_server import Closing, TaskServer
from concurrency_lib.task_server import serving as library
from concurrency_lib.task_server.desk import Desk
from concurrency_lib.task_server.serving import ANSWERED, Serving
from spec.distributed.targets import tasking, tasking_master
from spec.distributed.tasking import KEY, serving, working
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork
from spec.support.outcomes import raised_by

claim = Claim(
    zh="服务程序依次登记队列、启动服务、放入任务；而队列本身住在另一个进程里。",
    decides={"dist.server-duties": 424},
    ruling=HoldsIf(
        condition="registering comes before starting, and by the service process the master's program is meant",
        because="start() makes a second process, and the queue lives in that; the program that registers it reaches "
        "it by a proxy, as everybody does, and what it registers later is unknown there",
        correction=Text(
            en="Register before the start, and put through the proxy; or serve in a thread of the master's own "
            "process, as task_server does.",
            zh="先登记再启动，并通过代理放入任务；也可以像 task_server 那样，在主控自己的进程里用线程提供服务。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#multiprocessing.managers.BaseManager.start"
        ],
    ),
    needs=[can_fork],
)


def test_the_master_registers_starts_and_puts(clean_room, evidence):
    """One program registers a queue, starts the service, and puts a job, and the queue is in another process."""
    did, master, home = clean_room.run(tasking_master.events_of_a_master)
    evidence.figures("one serving program", {"did": ", ".join(did), "its process": master, "the queue's": home})

    assert did == ["register", "start", "put"]
    assert master != home


def test_a_late_registration_is_unknown(clean_room):
    """A name that is registered after the start is unknown to the service."""
    error = raised_by(clean_room.run, tasking_master.registered_too_late)

    assert type(error).__name__ == "RemoteError"
    assert "late" in str(error)


def test_a_plain_manager_reaches_the_librarys_desk():
    """The library's server lives in its master's process, and a plain manager of the standard library reaches it."""
    with serving() as served, served.master() as master, ExitStack() as closing:
        master.submit(abs, [-3])
        desk = tasking_master.desk_of(served.address, KEY)
        closing.callback(desk._close)  # noqa: SLF001 - no public call closes a proxy
        reply = desk.exchange([], [], 1, 0.0)
        ((number, payload),) = reply.leased
        refused = desk.exchange([(number, Success(pickle.dumps(payload)))], [], 0, 0.0).refused
        values = [result.value() for result in master.results()]

    assert refused == []
    assert pickle.loads(values[0]) == (abs, -3)


def test_no_client_can_stop_the_server():
    """A client that asks the library's server to shut down, as a manager's does, is refused."""
    with serving() as served, working(served), served.master() as master:
        error = raised_by(tasking_master.ask_for_shutdown, served.address, KEY)
        values = list(master.map(abs, [-3]))

    assert "shutdown: expected one of" in str(error)
    assert values == [3]


def test_a_closed_server_leaves_its_port(evidence):
    """A server that has been closed can be followed by another at the same port at once, again and again."""
    with serving() as served:
        address = served.address
    for _ in range(3):
        with serving(address) as following, working(following), following.master() as master:
            values = list(master.map(abs, [-3]))
            evidence.figures("the next server", {"port": following.address[1], "values": str(values)})

            assert (following.address, values) == (address, [3])


def test_a_master_learns_that_its_server_closes():
    """A master that sends to a server that closes, or waits for results that no worker has, is told so."""
    with serving() as served, served.master() as master, served.master() as other:
        other.submit(abs, [-1])
        served.server.desk.close(grace=0.0)
        errors = [raised_by(master.submit, abs, [-1]), raised_by(lambda: list(other.results()))]

    assert [type(error) for error in errors] == [Closing, Closing]
    assert all("start another" in str(error) for error in errors)


@saboteur(caught_by=test_the_master_registers_starts_and_puts)
def queue_in_the_masters_process(patch):
    """The queue lives in the process of the program that puts."""
    patch.in_child(tasking.manager_without_a_process)


@saboteur(caught_by=test_a_late_registration_is_unknown)
def service_that_learns(patch):
    """The service is started when everything has been registered."""
    patch.in_child(tasking_master.registered_in_time)


@saboteur(caught_by=test_a_plain_manager_reaches_the_librarys_desk)
def results_from_nowhere(patch):
    """Every result is replaced by another on its way over the desk."""
    patch.setattr(Success, "__reduce__", lambda _: (Success, (pickle.dumps(pickle.dumps(0)),)))


@saboteur(caught_by=test_no_client_can_stop_the_server)
def server_that_obeys(patch):
    """The server accepts that it is asked to shut down."""
    patch.setattr(library, "ANSWERED", (*ANSWERED, "shutdown"))
    patch.setattr(Serving, "shutdown", lambda *_: None)


@saboteur(caught_by=test_a_closed_server_leaves_its_port)
def server_at_another_port(patch):
    """A server listens wherever there is room."""
    begin = TaskServer.__init__
    patch.setattr(TaskServer, "__init__", lambda server, _, **options: begin(server, ("127.0.0.1", 0), **options))


@saboteur(caught_by=test_a_master_learns_that_its_server_closes)
def server_that_takes_on_more(patch):
    """A server that closes takes tasks as before."""
    patch.setattr(Desk, "check", lambda *_, **__: None)
