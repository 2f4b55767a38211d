"""A worker connects to the machine on which the master's program runs, and after that has started."""

from spec.distributed.managing import LOOPBACK, connect, ended_in, reserved_port, served, shown
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, Holds, saboteur

claim = Claim(
    zh="工作进程要连接的是运行主控程序的那台机器，而且主控程序得先启动。",
    decides={"dist.connect-to-master-machine": (482, 487)},
    ruling=Holds(),
    needs=[can_start_processes],
)

ELSEWHERE = "127.0.0.2"  # of loopback, as the other address is, and yet another address


def test_a_worker_that_is_first_is_refused(mp_context, evidence):
    """A worker that connects before the master has started is refused, and afterwards it is let in."""
    with reserved_port() as port:
        too_early = ended_in(connect, (LOOPBACK, port))
        with served(mp_context, address=(LOOPBACK, port)) as manager:
            in_time = ended_in(connect, manager.address)
    evidence.figures("connecting", {"before the master": shown(too_early), "after it": shown(in_time)})

    assert isinstance(too_early, ConnectionRefusedError)
    assert in_time is None


def test_a_worker_that_goes_elsewhere_is_not_let_in(mp_context, evidence):
    """At the master's port of another address than the master's there is nobody to let a worker in."""
    with served(mp_context, address=(LOOPBACK, 0)) as manager:
        _, port = manager.address
        elsewhere = ended_in(connect, (ELSEWHERE, port))
    evidence.figures(f"port {port}, served at {LOOPBACK}", {f"connecting to {ELSEWHERE}": shown(elsewhere)})

    assert isinstance(elsewhere, OSError)


def test_connecting_needs_nobody_to_be_started(mp_context):
    """A worker that is let in has started no server, and so its manager offers no way to shut one down."""
    with served(mp_context) as manager:
        worker = connect(manager.address)

        assert not hasattr(worker, "shutdown")


@saboteur(caught_by=test_a_worker_that_is_first_is_refused)
def connecting_without_a_connection(patch):
    """Connecting does nothing, and says nothing."""
    patch.here(connect=lambda *_: None)


@saboteur(caught_by=test_a_worker_that_goes_elsewhere_is_not_let_in)
def address_of_the_master(patch):
    """The other address is the master's, after all."""
    patch.here(ELSEWHERE=LOOPBACK)


@saboteur(caught_by=test_connecting_needs_nobody_to_be_started)
def worker_that_is_the_master(patch):
    """Whoever connects is handed a manager of his own server."""
    patch.here(connect=lambda *_: ManagerToShutDown())


class ManagerToShutDown:
    """Has a server to shut down."""

    def shutdown(self):
        """Shut down nothing."""
