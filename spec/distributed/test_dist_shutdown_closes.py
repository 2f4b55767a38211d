"""Shutting down a manager ends its server: nobody gets in any more, and who is in is cut off."""

from functools import partial

from spec.distributed.managing import LOOPBACK, connect, ended_in, proxies_of, served, shown
from spec.processes.multiprocessed import can_start_processes, exists, offspring
from spec.support import Claim, Holds, saboteur
from spec.support.deadlines import deadline, happens_in_a_while
from spec.threads.together import together

claim = Claim(
    zh="关闭管理器就结束了它的服务进程：新的连接进不来，已有的连接也断开。",
    decides={"dist.shutdown-closes": 461},
    ruling=Holds(),
    needs=[can_start_processes],
)

CUT_OFF = (EOFError, ConnectionError)


def shut_down(manager):
    manager.shutdown()


def test_nobody_gets_in_any_more(mp_context, evidence):
    """After the shutdown the port refuses connections, and the server's process is gone."""
    with offspring() as started, served(mp_context, address=(LOOPBACK, 0)) as manager:
        [server] = started()
        pid, before = server.pid, ended_in(connect, manager.address)
        shut_down(manager)
        after = ended_in(connect, manager.address)
        is_there = exists(pid)
    evidence.figures("connecting", {"before the shutdown": shown(before), "after it": shown(after)})

    assert before is None
    assert isinstance(after, ConnectionRefusedError)
    assert not is_there


def test_whoever_calls_is_cut_off(mp_context, evidence):
    """A call to a queue after the shutdown ends in EOFError or ConnectionError, whatever is in the queue."""
    with served(mp_context) as manager, proxies_of(manager, "get_jobs") as [jobs]:
        jobs.put("a job")
        shut_down(manager)
        error = ended_in(jobs.get, timeout=deadline())
    evidence.figures("a call after the shutdown", {"jobs.get()": repr(error)})

    assert isinstance(error, CUT_OFF)


def test_whoever_waits_is_cut_off(mp_context, evidence):
    """A worker that waits for a job as the server is shut down gets the end of the connection in its place."""
    with served(mp_context) as manager, proxies_of(manager, "get_jobs") as [jobs]:
        asks = partial(ended_in, jobs.get, timeout=deadline())
        with together(asks, names=["worker"]) as [worker]:
            waits = not happens_in_a_while(lambda: not worker.is_alive())
            shut_down(manager)
            error = worker.value()
    evidence.figures("a worker that waits", {"jobs.get()": repr(error)})

    assert waits
    assert isinstance(error, CUT_OFF)


@saboteur(caught_by=test_nobody_gets_in_any_more)
def shutdown_that_leaves_the_door_open(patch):
    """The server goes on to listen."""
    patch.here(shut_down=lambda _: None)


@saboteur(caught_by=test_whoever_calls_is_cut_off)
def shutdown_that_leaves_the_line(patch):
    """The server goes on to answer."""
    patch.here(shut_down=lambda _: None)


@saboteur(caught_by=test_whoever_waits_is_cut_off, hangs=True)
def shutdown_that_nobody_hears_of(patch):
    """The worker waits on until its time is up."""
    patch.here(shut_down=lambda _: None)
