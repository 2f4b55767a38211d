"""A worker registers names alone: what they stand for is the server's business."""

from multiprocessing.managers import BaseManager

from spec.distributed.managing import KEY, connect, ended_in, proxies_of, served
from spec.distributed.targets import managing_broken
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, Holds, saboteur

claim = Claim(
    zh="工作进程只需登记名字：名字对应什么，由服务端决定。",
    decides={"dist.worker-names-only": 478},
    ruling=Holds(),
    needs=[can_start_processes],
)


def test_a_name_alone_leads_to_the_queue(mp_context):
    """By a name that was registered without a callable a worker gets the queue into which the master puts."""
    with (
        served(mp_context) as manager,
        proxies_of(manager, "get_jobs") as [master],
        proxies_of(connect(manager.address), "get_jobs") as [worker],
    ):
        master.put("a job")

        assert worker.qsize() == 1


def test_a_callable_of_the_worker_is_never_called(mp_context):
    """Where a worker registers a callable all the same, its name leads to the master's queue, and nothing is called."""
    called = []
    with (
        served(mp_context) as manager,
        proxies_of(manager, "get_jobs") as [master],
        proxies_of(with_a_callable(manager.address, called), "get_jobs") as [worker],
    ):
        master.put("a job")

        assert (worker.qsize(), called) == (1, [])


def with_a_callable(address, called):
    """Connect by a manager whose name is tied to a callable of the worker."""
    eager = type("Eager", (BaseManager,), {})
    eager.register("get_jobs", callable=lambda: called.append("called"))
    manager = eager(address, KEY)
    manager.connect()
    return manager


def test_a_name_that_the_server_lacks_is_an_error(mp_context, evidence):
    """A name that the server does not know ends in RemoteError with its KeyError, and the server goes on."""
    with served(mp_context) as manager:
        worker = connect(manager.address)
        error = ended_in(worker.get_what_nobody_publishes)
        evidence.transcript("what the worker is told", "manager.get_what_nobody_publishes()", str(error), "raised")

        assert type(error).__name__ == "RemoteError"
        assert "KeyError: 'get_what_nobody_publishes'" in str(error)

        with proxies_of(worker, "get_jobs") as [jobs]:
            assert jobs.empty()


@saboteur(caught_by=test_a_name_alone_leads_to_the_queue)
def server_with_a_queue_for_each(patch):
    """Whoever asks by name is given a new queue."""
    patch.in_child(managing_broken.a_queue_for_each_call)


@saboteur(caught_by=test_a_callable_of_the_worker_is_never_called)
def server_that_prefers_the_workers(patch):
    """The worker's name leads to a queue that is not the master's."""
    patch.in_child(managing_broken.a_queue_for_each_call)


@saboteur(caught_by=test_a_name_that_the_server_lacks_is_an_error)
def server_that_knows_every_name(patch):
    """The server takes a name that it does not know for that of the jobs."""
    patch.in_child(managing_broken.server_that_knows_every_name)
