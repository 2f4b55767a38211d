"""With a thread or a process for each, requests that take long are under way at the same time."""

import threading
from functools import partial

from concurrency_lib import threads
from spec.choosing.targets import serving, serving_broken
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork, has_threads
from spec.support.deadlines import deadline

claim = Claim(
    zh="每个请求配一个线程或一个进程，耗时的请求就能同时进行。",
    decides={"async.threads-solve-concurrency": 512},
    ruling=Holds(),
)

REQUESTS, PROCESSES = 20, 4


@needs(has_threads)
def test_threads_have_every_request_under_way(evidence):
    """Twenty requests, each of which ends only when all have begun, end in twenty threads."""
    all_have_begun = threading.Barrier(REQUESTS)

    def request(number):
        all_have_begun.wait(deadline())
        return number

    ended = threads.run_together(
        *[partial(request, number) for number in range(REQUESTS)],
        names=[f"request {number}" for number in range(REQUESTS)],
        stop=all_have_begun.abort,
    )
    evidence.figures("in threads", {"requests that waited for each other": len(ended)})

    assert ended == [*range(REQUESTS)]


@needs(can_fork)
def test_processes_have_every_request_under_way(clean_room, evidence):
    """Four requests to a server that forks for each are open in four processes, before the first is answered."""
    held = clean_room.run(serving.hold_requests, "a process each", PROCESSES)
    evidence.figures("in processes", {"requests open at once": len(held.by), "processes": len(held.processes)})

    assert len(held.processes) == len(held.answers) == PROCESSES


@saboteur(caught_by=test_threads_have_every_request_under_way)
def threads_in_turn(patch):
    """The library runs one function after another."""

    def one_by_one(*functions, stop, **_):
        stop()
        return [number for number, function in enumerate(functions) if ends(function)]

    patch.setattr(threads, "run_together", one_by_one)


def ends(request):
    """Whether a request comes to its end."""
    try:
        request()
    except threading.BrokenBarrierError:
        return False
    return True


@saboteur(caught_by=test_processes_have_every_request_under_way)
def server_with_threads(patch):
    """Each request has a thread of the process that accepts."""
    patch.in_child(serving_broken.threads_instead)
