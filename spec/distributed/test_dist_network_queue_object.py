"""What a manager hands out, to the master and to a worker alike, is a queue that both reach from where they are."""

import queue

from spec.distributed.managing import KEY, ended_in, proxies_of, served
from spec.distributed.targets import managing, managing_broken
from spec.processes.multiprocessed import can_start_processes
from spec.processes.talking import running
from spec.processes.values import ITEM
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.deadlines import deadline, ends
from spec.support.properties import for_any

claim = Claim(
    zh="管理器交给主控和工作进程的，是双方各自都能访问到的同一个队列。",
    decides={"dist.network-queue-object": 448, "dist.get-queue-objects": 489},
    ruling=HoldsIf(
        condition="it is used through its public methods, and by values that can be pickled",
        because="what is handed out is a proxy: the queue stays in the server's process, each call is a "
        "message to it and an answer from it, and whatever is put or got is a copy",
        correction=Text(
            en="Take it for a remote control rather than for the queue: it is no instance of queue.Queue, has "
            "none of its attributes, and each call costs a round trip.",
            zh="应当把它看作遥控器，而不是队列本身：它不是 queue.Queue 的实例，没有队列的属性，每次调用都要在"
            "网络上往返一趟。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#proxy-objects"],
    ),
    needs=[can_start_processes],
)

METHODS = {"put", "get", "qsize", "empty", "full"}


def test_what_the_master_puts_a_worker_gets(mp_context, evidence):
    """A job that the master puts reaches a worker in another process, and its answer comes back the same way."""
    with (
        served(mp_context) as manager,
        proxies_of(manager, "get_jobs", "get_answers") as (jobs, answers),
        running(mp_context, managing.answer_one, manager.address, KEY) as worker,
    ):
        jobs.put(12)
        answer = answers.get(timeout=deadline())
        ends(worker)
        evidence.figures("one job", {"put": 12, f"answered by {answer[0]}": answer[1], "worker": worker.pid})

        assert answer == (worker.pid, 12)


def test_any_item_passes_the_server(mp_context):
    """Any item that can be pickled, of any size, is got through a manager as it was put."""
    with served(mp_context) as manager, proxies_of(manager, "get_jobs") as [jobs]:

        @for_any(ITEM, examples=15)
        def comes_out_equal(item):
            jobs.put((item,))

            assert jobs.get(timeout=deadline()) == (item,)


def test_what_is_handed_out_is_a_proxy(mp_context, evidence):
    """What is handed out is no queue of the standard library: it has the queue's methods, and no attribute of it."""
    with served(mp_context) as manager, proxies_of(manager, "get_jobs") as [jobs]:
        evidence.figures("what is handed out", {"class": type(jobs).__name__, "text": str(jobs)})

        assert not isinstance(jobs, queue.Queue)
        assert {*dir(jobs)} >= METHODS
        assert not hasattr(jobs, "maxsize")


def test_what_is_put_is_a_copy(mp_context):
    """What changes in an item after it was put does not reach whoever gets it."""
    with served(mp_context) as manager, proxies_of(manager, "get_jobs") as [jobs]:
        item = ["as put"]
        jobs.put(item)
        item.append("changed since")

        assert jobs.get() == ["as put"]


def test_what_cannot_be_pickled_is_refused(mp_context, evidence):
    """Putting what cannot be pickled raises at the one who puts it, and the queue goes on to work."""
    with served(mp_context) as manager, proxies_of(manager, "get_jobs") as [jobs]:
        error = ended_in(jobs.put, lambda: "no pickle")
        jobs.put("what follows")
        evidence.figures("put", {"a lambda": repr(error)})

        assert error is not None
        assert (jobs.qsize(), jobs.get()) == (1, "what follows")


def queues_of_this_process(_, *names):
    """Hand out queues where proxies are asked for."""
    return managing_broken.Originals(len(names))


@saboteur(caught_by=test_what_the_master_puts_a_worker_gets)
def server_that_reads_jobs_out(patch):
    """The server passes on what an item looks like."""
    patch.in_child(managing_broken.queues_for_texts)


@saboteur(caught_by=test_any_item_passes_the_server)
def server_for_texts(patch):
    """The server keeps texts in place of items."""
    patch.in_child(managing_broken.queues_for_texts)


@saboteur(caught_by=test_what_is_handed_out_is_a_proxy)
def manager_that_hands_out_the_queue(patch):
    """The manager hands out a queue, with all that it is."""
    patch.here(proxies_of=queues_of_this_process)


@saboteur(caught_by=test_what_is_put_is_a_copy)
def manager_that_hands_over_the_item(patch):
    """The item itself goes into the queue, and comes out."""
    patch.here(proxies_of=queues_of_this_process)


@saboteur(caught_by=test_what_cannot_be_pickled_is_refused)
def manager_that_pickles_nothing(patch):
    """The queue takes whatever there is."""
    patch.here(proxies_of=queues_of_this_process)
