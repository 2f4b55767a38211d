"""Several processes with an event loop each can serve on one port, and so use as many cores as there are of them."""

import os

import pytest

from spec.choosing.nginx_here import can_run_nginx
from spec.choosing.targets import nginx, nginx_configured, serving_ends, serving_shared, serving_shared_broken
from spec.choosing.targets.serving import KINDS
from spec.support import Claim, Condition, Holds, measured, needs, saboteur
from spec.support.capabilities import can_fork, has_proc, several_cores
from spec.support.measuring import decide, recorded
from spec.threads.busy_cores import sampled, wanted

can_share_a_port = Condition("several sockets can listen on one port", serving_shared.refusal_to_share)

claim = Claim(
    zh="几个进程各带一个事件循环，可以在同一个端口上服务，有几个进程就能用上几个核心。",
    decides={"evio.processes-equal-cores": 410},
    ruling=Holds(),
    needs=[can_fork],
)

SECONDS = 0.015

samples = sampled


def show(evidence, told, pids):
    """Show which processes there are, and which of them served."""
    served = {int(pid) for pid in told}
    evidence.figures("processes on one port", {f"process {pid}": "served" if pid in served else "idle" for pid in pids})


@pytest.mark.parametrize("processes", [2, 3])
def test_all_serve_from_one_socket(clean_room, evidence, processes):
    """Processes that accept from one listening socket all serve clients."""
    told, pids = clean_room.run(serving_shared.spread, processes, "one socket")
    show(evidence, told, pids)

    assert len(pids) == processes
    assert {*map(int, told)} == {*pids}


@needs(can_share_a_port)
def test_all_serve_with_sockets_of_their_own(clean_room, evidence):
    """Processes with a listening socket each, all on one port, all serve clients."""
    told, pids = clean_room.run(serving_shared.spread, 2, "a socket each")
    show(evidence, told, pids)

    assert len(pids) == 2
    assert {*map(int, told)} == {*pids}


@needs(can_share_a_port)
def test_a_socket_each_is_the_default(clean_room):
    """Where sockets may share a port, each process has one of its own unless they are told to share a single one."""
    assert [clean_room.run(serving_shared.has_room_beside, told) for told in (None, False)] == [True, False]


def test_one_that_dies_takes_no_other_along(clean_room):
    """When all the other processes of a server are killed, a client of the one that is left is served as before."""
    told, (left,) = clean_room.run(serving_shared.death_of_one, 3)

    assert told == b"%d" % left


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_ends_with_its_maker(clean_room, kind):
    """When the process that made it is killed, a server cuts its clients, its processes end, and nobody listens."""
    assert clean_room.run(serving_ends.end_of_the_maker, kind) == (b"", True)


@measured
@needs(several_cores)
def test_two_processes_want_two_cores(clean_room, evidence):
    """Two such processes whose handlers compute want two cores between them."""
    cores = samples(clean_room, evidence, wanted, serving_shared.work_in_two_places, 2, SECONDS)

    assert decide(cores, "cores that two processes want", evidence, threshold=1.5, unit="cores")


@needs(has_proc, can_run_nginx)
def test_nginx_counts_the_cores(clean_room, evidence):
    """Told to find out by itself, Nginx starts as many workers as the machine has cores."""
    seen = clean_room.run(nginx.processes, "auto", "on")
    evidence.figures("Nginx", {"cores": os.cpu_count(), "workers": len(seen.children)})

    assert len(seen.children) == os.cpu_count()
    assert {*seen.by} <= {*seen.children}


@saboteur(caught_by=test_all_serve_from_one_socket, hangs=True)
def server_of_one_process(patch):
    """The server makes one process, whatever it is asked for."""
    patch.in_child(serving_shared_broken.one_process)


@saboteur(caught_by=test_all_serve_with_sockets_of_their_own, hangs=True)
def server_of_one_socket(patch):
    """The server makes one process for a port."""
    patch.in_child(serving_shared_broken.one_process)


@saboteur(caught_by=test_a_socket_each_is_the_default)
def system_that_cannot_share(patch):
    """The library takes it that no two sockets can listen on one port."""
    patch.in_child(serving_shared_broken.no_sharing)


@saboteur(caught_by=test_one_that_dies_takes_no_other_along)
def server_that_stands_or_falls(patch):
    """The processes of a server all end when one does."""
    patch.in_child(serving_shared_broken.end_together)


@saboteur(caught_by=test_two_processes_want_two_cores)
def handlers_that_rest(patch):
    """The handlers leave the cores alone."""
    patch.here(samples=recorded(*[0.1] * 6))


@saboteur(caught_by=test_nginx_counts_the_cores)
def nginx_that_counts_wrong(patch):
    """Nginx starts one worker more."""
    patch.in_child(nginx_configured.one_worker_more)


@saboteur(caught_by=test_a_server_ends_with_its_maker, hangs=True)
def server_that_does_not_notice(patch):
    """The server's processes do not watch for the end of their maker."""
    patch.in_child(serving_shared_broken.outliving_processes)
