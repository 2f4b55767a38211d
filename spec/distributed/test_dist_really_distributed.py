"""A queue that unrelated processes reach over the network makes a distributed computation, if none dies with a task."""

import pytest

from concurrency_lib._remote import Success
from concurrency_lib.task_server import desk, leases
from spec.distributed.targets import leasing, leasing_deaths, tasking_ends
from spec.distributed.tasking import serving, take
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="让互不相干的进程经网络共用一个队列，就是真正的分布式计算，前提是没有哪个进程带着任务死去。",
    decides={"dist.really-distributed": 506},
    ruling=HoldsIf(
        condition="no worker dies between taking a task and handing in its result",
        because="a queue gives a task away for good: what a worker has taken when it dies is neither in the queue "
        "nor in the results, and nobody is told; nor is there a second server to take over from the first",
        correction=Text(
            en="Lease tasks instead of giving them away, and take them back from workers that are gone: then each "
            "has a result, though it may be executed more than once.",
            zh="任务只出租，不送走；工作者一旦消失就把任务收回来。这样每个任务都会有结果，只是可能被执行不止一次。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#multiprocessing.managers.BaseManager",
            "https://docs.python.org/3/library/queue.html#queue.Queue.task_done",
        ],
    ),
    needs=[can_fork],
)

KILLS = 100


def test_workers_that_live_lose_nothing(clean_room):
    """Two processes that know no more of each other than an address and a key finish all the tasks of a third."""
    results, _ = clean_room.run(tasking_ends.ends_of_plain_workers, 6)

    assert results == [0, 2, 4, 6, 8, 10]


def test_a_plain_queue_loses_what_a_dead_worker_had(clean_room, evidence):
    """A task that a worker took from a manager's queue before it was killed is gone."""
    exitcode, left = clean_room.run(tasking_ends.left_by_a_dead_worker)
    evidence.figures("after the worker was killed", {"its exit code": exitcode, "tasks in the queue": left})

    assert exitcode < 0
    assert left == 0


@pytest.mark.parametrize("moment", leasing.MOMENTS)
def test_a_leased_task_outlives_its_worker(clean_room, evidence, tmp_path, moment):
    """A task that is leased to a worker that is killed before, during or after its call is done by another."""
    exitcode, values, lines, counts = clean_room.run(leasing.killed_and_replaced, moment, str(tmp_path / "once"))
    evidence.transcript(f"killed {moment} its task", "TaskServer", "\n".join(lines), exitcode)

    assert (exitcode, values) == (-9, [42])
    assert counts["leased_again"] == counts["settled"] == 1
    assert len(lines) == 1


def test_a_hundred_deaths_lose_nothing(clean_room, evidence):
    """One hundred workers killed at random moments of one run lose no result, and have none accepted twice."""
    killed, values, counts = clean_room.run(leasing_deaths.kill_at_random, KILLS, 5)
    evidence.figures("a run with random deaths", {"killed": killed, "results": len(values), **counts})

    assert killed == KILLS
    assert values == [2 * number for number in range(len(values))]
    assert counts["settled"] == len(values)


def test_a_task_that_kills_its_workers_ends():
    """A task whose workers all go away fails after a set number of leases, instead of costing one more each time."""
    with serving(attempts=3) as served, served.master() as master:
        master.submit(abs, [-1])
        for _ in range(3):
            with served.worker() as worker:
                take(worker)
            served.says("back in the queue")
            served.lines.clear()
        outcomes = [result.outcome.summary for result in master.results()]

    assert len(outcomes) == 1
    assert outcomes[0].startswith("TaskLost: task 1: expected a result, found none in 3 leases")


def test_what_is_not_begun_is_given_back():
    """A worker that spends half its lease on the first tasks of a batch gives the others back at once."""
    with serving(lease=60.0) as served, served.master() as master, served.worker() as other:
        master.submit(abs, [-1, -2, -3])
        leased = take(other, 3)
        numbers = [number for number, _ in leased]
        other.call("exchange", [(numbers[0], Success(b""))], numbers[1:], 0, 0.0)
        again = [number for number, _ in take(other, 3)]

    assert again == numbers[1:]


def ignoring_what_is_given_back(exchange):
    return lambda self, done, _, want, wait: exchange(self, done, [], want, min(wait, 0.01))


@saboteur(caught_by=test_workers_that_live_lose_nothing)
def results_of_another_kind(patch):
    """A worker hands in something else."""
    patch.in_child(tasking_ends.results_in_halves)


@saboteur(caught_by=test_a_plain_queue_loses_what_a_dead_worker_had)
def worker_that_only_looks(patch):
    """A worker leaves the task in the queue until it has a result."""
    patch.in_child(tasking_ends.lost_tasks_found_again)


@saboteur(caught_by=test_a_leased_task_outlives_its_worker)
def results_counted_twice(patch):
    """A task is leased again, and counted as settled once more."""
    patch.in_child(leasing.settled_from_the_start)


@saboteur(caught_by=test_a_hundred_deaths_lose_nothing)
def results_accepted_twice(patch):
    """A batch of results is delivered, and kept to be delivered again."""
    patch.here(KILLS=3)
    patch.in_child(leasing_deaths.results_delivered_twice)


@saboteur(caught_by=test_a_task_that_kills_its_workers_ends)
def loss_without_a_name(patch):
    """A task that is given up fails like a call that raised something."""
    patch.setattr(leases, "TaskLost", LookupError)


@saboteur(caught_by=test_what_is_not_begun_is_given_back)
def nothing_taken_back(patch):
    """What a worker gives back stays with it."""
    patch.setattr(desk.Desk, "exchange", ignoring_what_is_given_back(desk.Desk.exchange))
