"""One serving process can hand out tasks over the network to many others, each task to one of them at a time."""

import pytest

from concurrency_lib._remote import Success
from concurrency_lib.task_server import working
from concurrency_lib.task_server.leases import Leases
from spec.distributed.leases_modelled import Account, left_over, scripts
from spec.distributed.targets import leasing, tasking
from spec.distributed.tasking import hand_in, serving, take
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import can_fork
from spec.support.deadlines import happens_in_a_while
from spec.support.properties import for_any

claim = Claim(
    zh="一个服务进程可以担任调度者，经由网络把任务分派给许多别的进程，同一时刻每个任务只在其中一个手里。",
    decides={"dist.scheduler-process": 418},
    ruling=Holds(),
    needs=[can_fork],
)

FIRST, SECOND = Success(b"first"), Success(b"second")


def test_three_kinds_of_processes_share_a_managers_queues(clean_room, evidence):
    """A manager's process hands the numbers that one process puts to two others, each number to one of them."""
    pids, results = clean_room.run(tasking.numbers_through_a_manager, 10)
    evidence.figures("which process did what", {"serves": pids[0], "puts": pids[1], "calculate": str(pids[2:])})

    assert len(set(pids)) == 4
    assert sorted(number for _, number in results) == list(range(10))
    assert {pid for pid, _ in results} == set(pids[2:])


def test_a_leased_task_is_nobody_elses(evidence):
    """The library's server leases a task to one worker, and has nothing for a second as long as the lease lasts."""
    with serving() as served, served.master() as master, served.worker("one") as one, served.worker("other") as other:
        master.submit(abs, [-1])
        taken = take(one)
        again = happens_in_a_while(lambda: other.call("exchange", [], [], 1, 0.0).leased)
        evidence.figures("after the lease", served.server.status())

    assert len(taken) == 1
    assert not again


def test_a_lease_that_runs_out_goes_to_another(evidence):
    """A task that its worker keeps beyond the lease goes to another, and of their two results the first counts."""
    with serving(lease=0.01) as served, served.master() as master:
        master.submit(abs, [-1])
        with served.worker("slow") as slow, served.worker("other") as other:
            ((number, _),) = take(slow)
            ((same, _),) = take(other)
            refused = hand_in(slow, (number, FIRST)), hand_in(other, (number, SECOND))
        accepted = [result.outcome for result in master.results()]
        evidence.transcript("what the server said", "TaskServer", "\n".join(served.lines), 0)

    assert (same, accepted, refused) == (number, [FIRST], ([], [number]))
    assert any("ran out" in line for line in served.lines)
    assert any("refused its result" in line for line in served.lines)


def test_any_order_of_events_ends_in_one_result_each():
    """In any order of leases, ends of leases, losses and results, each task ends in one result, and is forgotten."""

    @for_any(scripts, examples=40)
    def each_ends_in_one(script):
        account = Account().follow(script)

        assert account.wrong == []
        assert sorted(account.collected) == account.added
        assert left_over(account.table) == 0


@pytest.mark.parametrize("seconds", [3600.0, -3600.0], ids=["forward", "back"])
def test_the_time_of_day_ends_no_lease(clean_room, seconds):
    """Setting the time of day forward or back by an hour ends no lease."""
    assert clean_room.run(leasing.lease_across_a_step, seconds) == ([], [])


def test_a_worker_hands_in_in_time():
    """A worker makes no further call of a batch once half its lease has passed; it hands in what it has."""
    with serving(lease=0.0) as served:
        worker = working.Worker(served.address, leasing.KEY)
        done, unbegun = worker.work_on([(1, b""), (2, b""), (3, b"")], until=0.0)
        worker.link.close()

    assert [number for number, _ in done] == [1]
    assert unbegun == [2, 3]


@saboteur(caught_by=test_three_kinds_of_processes_share_a_managers_queues)
def manager_without_a_process(patch):
    """The manager's queues are those of the process that puts."""
    patch.in_child(tasking.manager_without_a_process)


@saboteur(caught_by=test_a_leased_task_is_nobody_elses)
def lease_for_everybody(patch):
    """Every lease has run out as soon as it begins."""
    patch.setattr(Leases, "expire", lambda self: self._all_again(list(self.leased), "sabotage"))


@saboteur(caught_by=test_a_lease_that_runs_out_goes_to_another)
def every_result_accepted(patch):
    """A result that came too late is accepted as well."""
    settle = Leases.settle
    patch.setattr(Leases, "settle", lambda *args: settle(*args) or True)


@saboteur(caught_by=test_any_order_of_events_ends_in_one_result_each)
def results_only_from_those_who_wait(patch):
    """A result of a task that is back in the queue is thrown away."""
    settle = Leases.settle

    def only_leased(table, number, outcome):
        return number in table.leased and settle(table, number, outcome)

    patch.setattr(Leases, "settle", only_leased)


@saboteur(caught_by=test_the_time_of_day_ends_no_lease)
def leases_by_the_time_of_day(patch):
    """Leases run out by the time of day."""
    patch.in_child(leasing.time_of_day)


@saboteur(caught_by=test_a_worker_hands_in_in_time)
def worker_that_finishes_its_batch(patch):
    """A worker makes every call of its batch, however long that takes."""
    patch.setattr(working.Worker, "work_on", lambda _, leased, **__: ([(n, FIRST) for n, _ in leased], []))
