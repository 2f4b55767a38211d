"""With a manager, jobs are put through what the manager hands out; the queue of one's own process is another one."""

from contextlib import contextmanager

from spec.distributed.managing import proxies_of, served
from spec.distributed.targets import managing, managing_broken
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="用了管理器，任务就得通过管理器给出的接口放入；本进程里的那个队列已经是另一个了。",
    decides={"dist.no-direct-access": 466},
    ruling=Holds(),
    needs=[can_start_processes],
)


@contextmanager
def queue_of_this_process():
    """Yield the queue that is published, as this process has it; leave it empty."""
    original = managing.QUEUES["jobs"]
    try:
        yield original
    finally:
        original.queue.clear()


def put_directly(original, _, job):
    original.put(job)


def test_what_is_put_directly_stays_here(mp_context, evidence):
    """A job that is put into the queue itself is not there for workers, and one for workers is not in the queue."""
    with (
        queue_of_this_process() as original,
        served(mp_context) as manager,
        proxies_of(manager, "get_jobs") as [jobs],
    ):
        put_directly(original, jobs, "a job")
        after_direct = (original.qsize(), jobs.qsize())
        jobs.put("another job")
        after_both = (original.qsize(), jobs.qsize())
    evidence.figures(
        "jobs here and in the server",
        {
            "one was put directly": "{} here, {} there".format(*after_direct),
            "and one through the manager": "{} here, {} there".format(*after_both),
        },
    )

    assert after_direct == (1, 0)
    assert after_both == (1, 1)


def test_what_was_put_before_the_start_goes_along_by_fork(every_context, evidence):
    """A job that was put directly before the server started is there for workers where the server is forked alone."""
    method = every_context.get_start_method()
    with queue_of_this_process() as original:
        original.put("an early job")
        with served(every_context) as manager, proxies_of(manager, "get_jobs") as [jobs]:
            found = jobs.qsize()
    evidence.figures("early jobs that the server has", {method: found})

    assert found == (1 if method == "fork" else 0)


@needs(can_fork)
def test_a_server_in_this_process_has_the_queue_itself(clean_room):
    """Where the server is a thread of the process that made the queue, what is put directly is there for workers."""
    assert clean_room.run(managing.jobs_seen_by_a_server_here) == 1


@saboteur(caught_by=test_what_is_put_directly_stays_here)
def queue_that_reaches_across(patch):
    """What is put directly goes to the server."""
    patch.here(put_directly=lambda _, jobs, job: jobs.put(job))


@saboteur(caught_by=test_what_was_put_before_the_start_goes_along_by_fork)
def server_with_new_queues(patch):
    """A forked server makes its own queues."""
    patch.in_child(managing_broken.a_queue_for_each_call)


@saboteur(caught_by=test_a_server_in_this_process_has_the_queue_itself)
def thread_with_new_queues(patch):
    """The server of this process makes queues of its own."""
    patch.in_child(managing_broken.a_queue_for_each_call)
