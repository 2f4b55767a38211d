"""Nginx serves many connections at once in one thread, and waits for all of them together."""

import sys

from spec.choosing.nginx_here import can_run_nginx, show_processes
from spec.choosing.targets import nginx
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork, has_proc

claim = Claim(
    zh="Nginx 在一个线程里同时照看许多连接，把它们放在一起等待。",
    decides={"evio.nginx-async": 410},
    ruling=Holds(),
    needs=[can_fork, has_proc, can_run_nginx],
)

OPEN = 100

WORKERS = "1"


def test_one_thread_answers_beside_a_hundred_open_requests(clean_room, evidence):
    """With a hundred requests half sent, one worker of Nginx with one thread answers another, and then all of them."""
    seen = clean_room.run(nginx.beside_open_requests, OPEN, WORKERS)
    show_processes(evidence, "Nginx with a hundred requests that wait for their clients", seen)

    assert len(seen.children) == 1
    assert {*seen.by} == {*seen.children}
    assert len(seen.by) == OPEN + 1
    assert seen.threads == 1


def test_its_worker_waits_with_epoll(clean_room):
    """On Linux a worker of Nginx waits for its connections with epoll, as the event loop of asyncio does."""
    seen = clean_room.run(nginx.beside_open_requests, 1, WORKERS)

    assert sys.platform != "linux" or seen.waits_with == ["anon_inode:[eventpoll]"]


@saboteur(caught_by=test_one_thread_answers_beside_a_hundred_open_requests)
def connections_that_are_shared_out(patch):
    """Two processes share the connections between them."""
    patch.here(WORKERS="2")


@saboteur(caught_by=test_its_worker_waits_with_epoll)
def worker_without_a_loop(patch):
    """The worker has nothing by which to wait for several connections."""
    patch.in_child(nginx.nothing_to_wait_by)
