"""Any number of workers can share the tasks of one queue, if they can tell its end from a fault."""

import operator

from concurrency_lib.task_server import ServerGone, desk, links
from concurrency_lib.task_server import serving as task_serving
from concurrency_lib.task_server import working as library
from concurrency_lib.task_server.leases import Leases
from concurrency_lib.task_server.terms import Reply
from spec.distributed import tasking_broken
from spec.distributed.targets import tasking_ends, tasking_stops
from spec.distributed.tasking import KEY, hand_in, serving, stop_all, take, working
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork
from spec.support.deadlines import deadline, wait_until
from spec.threads.together import together

claim = Claim(
    zh="一个队列的任务可以由任意多个工作者分担，只要它们分得清“活干完了”和“出了故障”。",
    decides={"dist.many-workers": 506},
    ruling=HoldsIf(
        condition="the workers understand that the server has ended",
        because="when the master shuts its manager down, a worker that waits for the next task gets EOFError or a "
        "lost connection in place of a task, as it would if the server had crashed, and ends with a traceback",
        correction=Text(
            en="Tell the workers to end before the server goes: those of task_server hand in what they have, and end "
            "with exit code 0.",
            zh="在服务器退出之前先通知工作者结束：task_server 的工作者会先交回手头的结果，再以退出码 0 结束。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#multiprocessing.managers.BaseManager.shutdown"
        ],
    ),
    needs=[can_fork],
)


def test_two_plain_workers_end_in_errors(clean_room, evidence):
    """Two plain workers share a manager's tasks, and both end in a lost connection when it shuts down."""
    results, ends = clean_room.run(tasking_ends.ends_of_plain_workers, 6)
    evidence.figures("how the workers ended", {f"worker {number}": end for number, end in enumerate(ends, 1)})

    assert results == [0, 2, 4, 6, 8, 10]
    assert set(ends) <= {"EOFError", "ConnectionResetError", "BrokenPipeError"}


def test_the_librarys_workers_end_with_the_server(evidence):
    """Workers that have done some tasks, and those that have had none, end without an error when the server closes."""
    with serving() as served, served.master() as master:
        workers = [library.Worker(served.address, KEY) for _ in range(3)]
        with together(*[worker.run for worker in workers], at_end=lambda: stop_all(workers)) as running:
            values = list(master.map(operator.neg, range(40)))
            served.server.close(grace=deadline())
            errors = [each.exception() for each in running]
        evidence.figures("results accepted", {f"worker {n}": w.accepted for n, w in enumerate(workers, 1)})

    assert values == [-number for number in range(40)]
    assert errors == [None, None, None]
    assert sum(worker.accepted for worker in workers) == 40


def test_a_batch_in_hand_is_finished_first():
    """A server that closes waits for what a worker has in hand, and its master still gets the result."""
    with serving() as served, served.master() as master, served.worker() as worker:
        master.submit(abs, [-7])
        ((number, payload),) = take(worker)
        with together(served.server.close, lambda: list(master.results())) as (closing, collecting):
            wait_until(lambda: served.server.desk.closing, "the beginning of the end")
            done = (number, library.perform(number, payload))
            reply = worker.call("exchange", [done], [], 1, 0.0)
            worker.close()
            closing.end()
            values = [result.value() for result in collecting.value()]

    assert reply.closing
    assert values == [7]


def test_an_answer_under_way_is_still_sent():
    """A server that stops while it answers a master ends their conversation only after the answer."""
    values = []
    with serving() as served, served.master() as master:
        tasking_stops.send_results_when_nothing_is_heard(served.server.serving)
        master.submit(abs, [-7])
        with served.worker() as worker:
            hand_in(worker, *((number, library.perform(number, payload)) for number, payload in take(worker)))
        with together(served.server.close, lambda: values.extend(each.value() for each in master.results())) as ends:
            errors = [end.exception() for end in ends]

    assert errors == [None, None]
    assert values == [7]


def test_a_worker_that_is_stopped_gives_the_rest_back():
    """A worker that is told to end finishes the call in hand, hands in its result, and gives back the others."""
    with serving() as served, served.master() as master:
        tasking_stops.WORKERS.append(library.Worker(served.address, KEY))
        master.submit(abs, [-1])
        master.submit(tasking_stops.stop_worker, range(3))  # of which it takes two at once
        accepted = tasking_stops.WORKERS[-1].run()
        tasking_stops.WORKERS.clear()
        waiting = served.counts("waiting")

    assert (accepted, waiting) == (2, 2)


def test_a_waiting_worker_can_be_stopped():
    """A worker that waits for a task ends as soon as it is told to."""
    with serving() as served, working(served) as (worker,):
        wait_until(lambda: worker.waiting, "a worker that waits")
        worker.stop()
        wait_until(lambda: not worker.waiting, "a worker that waits no more")

    assert worker.accepted == 0


def test_a_server_that_only_vanishes_is_no_end():
    """A server that goes away without a word is an error for a worker, and not the end of its work."""
    with serving() as served:
        worker = library.Worker(served.address, KEY)
        with together(worker.run, at_end=worker.link.hang_up) as (running,):
            wait_until(lambda: worker.waiting, "a worker that waits")
            worker.link.hang_up()
            error = running.exception()

    assert isinstance(error, ServerGone)


@saboteur(caught_by=test_two_plain_workers_end_in_errors)
def workers_that_are_told(patch):
    """The workers learn that there is no more."""
    patch.in_child(tasking_ends.workers_told_of_the_end)


@saboteur(caught_by=test_the_librarys_workers_end_with_the_server, hangs=True)
def workers_that_are_not_told(patch):
    """The server ends without a word to its workers."""
    patch.setattr(desk, "Reply", lambda leased, refused, _: Reply(leased, refused, closing=False))


@saboteur(caught_by=test_a_batch_in_hand_is_finished_first)
def server_that_forgets_as_it_closes(patch):
    """What comes while the server closes is thrown away."""
    patch.setattr(Leases, "settle", tasking_broken.settle_with_nought)


@saboteur(caught_by=test_an_answer_under_way_is_still_sent)
def server_that_hangs_up_as_it_stops(patch):
    """A server that stops ends every conversation at once."""
    patch.setattr(task_serving, "hush", links.hang_up)


@saboteur(caught_by=test_a_worker_that_is_stopped_gives_the_rest_back)
def worker_that_finishes_all(patch):
    """A worker that is told to end makes every call that it has leased."""
    patch.setattr(library.Worker, "work_on", tasking_broken.work_on_all)


@saboteur(caught_by=test_a_waiting_worker_can_be_stopped, hangs=True)
def worker_that_waits_on(patch):
    """A worker that waits is told to end, and waits on."""
    patch.setattr(links.Link, "hang_up", lambda _: None)


@saboteur(caught_by=test_a_server_that_only_vanishes_is_no_end)
def end_without_an_error(patch):
    """A worker takes every end of its connection for the end of its work."""
    patch.setattr(library.Worker, "wait_for_tasks", tasking_broken.wait_until_any_end)
