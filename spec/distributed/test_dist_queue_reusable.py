"""A program that puts and gets can be given a queue that lives in a manager's process, over the network."""

import operator

from hypothesis.strategies import integers, lists

from concurrency_lib.task_server import Full, desk, leases, mastering
from concurrency_lib.task_server import working as library
from concurrency_lib.task_server.terms import Terms
from spec.distributed import tasking_broken, tasking_runs
from spec.distributed.targets import tasking_reuse
from spec.distributed.tasking import serving, take, working
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork
from spec.support.deadlines import deadline
from spec.support.outcomes import raised_by
from spec.support.properties import for_any

claim = Claim(
    zh="针对队列写成的程序可以原样拿到一个经网络访问的队列，只要那个队列住在管理器的进程里。",
    decides={"dist.queue-reusable": (420, 422)},
    ruling=HoldsIf(
        condition="the queue is a queue.Queue that the manager's process makes, and the program only puts and gets",
        because="what the program gets is a proxy for it; the queue of multiprocessing that such a program had before "
        "travels by inheritance alone, and is refused by the network",
        correction=Text(
            en="Keep the calls of put and get, and exchange the queue: a queue.Queue in the manager's process instead "
            "of the multiprocessing.Queue.",
            zh="put 和 get 的调用可以保留，队列本身要换：用管理器进程里的 queue.Queue 代替 multiprocessing.Queue。",
        ),
        references=["https://docs.python.org/3/library/multiprocessing.html#using-a-remote-manager"],
    ),
    needs=[can_fork],
)

MANY = 1_000
NUMBERS = list(range(5))


def test_the_same_program_works_over_the_network(clean_room):
    """A function that knows only put and get does the same with a manager's queue as with one of its own process."""
    over_the_network, is_a_queue = clean_room.run(tasking_reuse.doubled_by_network, NUMBERS)

    assert over_the_network == tasking_reuse.doubled_here(NUMBERS) == [0, 2, 4, 6, 8]
    assert not is_a_queue


def test_a_queue_of_multiprocessing_does_not_travel(clean_room):
    """A queue of multiprocessing, as a program on one machine has it, is refused on its way over the network."""
    error = raised_by(clean_room.run, tasking_reuse.queue_sent_by_network)

    assert isinstance(error, RuntimeError)
    assert "inheritance" in str(error)


def test_any_arguments_come_back_in_order():
    """For any numbers, the library's map yields the values of a call for each, in their order, whoever works."""
    with serving() as served, working(served, 2), served.master() as master:

        @for_any(lists(integers(), max_size=40), examples=15)
        def comes_back(numbers):
            assert list(master.map(operator.neg, numbers)) == [-number for number in numbers]


def test_results_come_with_their_place():
    """Results that come as they are ready name the place of their argument, over batches and several calls."""
    with serving() as served, working(served, 2), served.master() as master:
        first = {result.index: result.value() for result in master.run(operator.neg, range(600))}
        second = {result.index: result.value() for result in master.run(operator.neg, range(5))}

    assert first == {number: -number for number in range(600)}
    assert second == {600 + number: -number for number in range(5)}


def test_a_master_that_is_ahead_waits(evidence):
    """A master takes no more from an endless source than the server has room for, until it collects results."""
    ahead = tasking_runs.ahead_after(3, capacity=10)
    held = {"arguments taken": ahead.taken, "tasks and results at the server": ahead.held}
    evidence.figures("after three results", held)

    assert ahead.taken <= mastering.CHUNK
    assert ahead.held <= 10


def test_a_batch_that_does_not_fit_is_refused_whole():
    """Tasks sent at once for which there is no room are refused, all of them, by an error that says how many fit."""
    with serving(capacity=3) as served, served.master() as master:
        master.submit(abs, [-1])
        error = raised_by(master.submit, abs, [-1, -2, -3])
        waiting = served.counts("waiting")

    assert isinstance(error, Full)
    assert "expected room for 3 tasks, found 2 of 3" in str(error)
    assert waiting == 1


def test_tasks_travel_in_batches(evidence, monkeypatch):
    """A thousand quick tasks take a worker a small part of a thousand round trips."""
    monkeypatch.setattr(library, "QUICK", deadline())  # as they are, unless this machine is busy
    trips = tasking_runs.round_trips_of(MANY)
    evidence.figures("one worker", {"tasks": MANY, "round trips": trips})

    assert trips < MANY / 10


def test_tasks_of_one_batch_are_shared():
    """A worker gets no more than its share of what waits, so that there is some for each of the others."""
    with serving() as served, served.master() as master, served.worker() as one, served.worker():
        master.submit(abs, range(10))
        taken = take(one, 100)

    assert len(taken) == 5


def test_the_table_forgets_what_was_delivered():
    """After a thousand tasks the server's table holds nothing of any of them."""
    assert tasking_runs.left_in_the_table(MANY) == [0, 0, 0, 0]


@saboteur(caught_by=test_the_same_program_works_over_the_network)
def queue_for_texts(patch):
    """What comes back is what the numbers look like."""
    patch.in_child(tasking_reuse.queue_of_texts)


@saboteur(caught_by=test_a_queue_of_multiprocessing_does_not_travel)
def queue_that_travels(patch):
    """What the program has is copied to wherever it is sent."""
    patch.in_child(tasking_reuse.queue_of_one_process)


@saboteur(caught_by=test_any_arguments_come_back_in_order)
def results_in_any_order(patch):
    """The values are yielded backwards."""
    patch.setattr(mastering.Master, "map", tasking_broken.map_backwards)


@saboteur(caught_by=test_results_come_with_their_place)
def places_from_nought(patch):
    """Each batch counts its arguments from nought."""
    patch.setattr(mastering.Master, "trade", tasking_broken.count_from_nought)


@saboteur(caught_by=test_a_master_that_is_ahead_waits)
def server_without_bounds(patch):
    """There is always room for more."""
    patch.setattr(leases.Leases, "room", lambda *_: MANY**3)
    patch.setattr(desk, "Terms", lambda lease, _: Terms(lease, MANY**3))


@saboteur(caught_by=test_a_batch_that_does_not_fit_is_refused_whole)
def batch_taken_in_part(patch):
    """As many tasks are taken as fit, and nothing is said of the others."""
    patch.setattr(mastering.Master, "trade", tasking_broken.send_what_fits)


@saboteur(caught_by=test_tasks_travel_in_batches)
def one_at_a_time(patch):
    """A worker gets one task in each round trip."""
    patch.here(MANY=50)
    patch.setattr(leases.Leases, "lease", tasking_broken.lease_one)


@saboteur(caught_by=test_tasks_of_one_batch_are_shared)
def all_for_the_first(patch):
    """A worker gets whatever it asks for."""
    patch.setattr(desk.Desk, "_share", lambda self: len(self.leases.queue))


@saboteur(caught_by=test_the_table_forgets_what_was_delivered)
def table_that_remembers(patch):
    """A result stays in the table after its delivery."""
    patch.setattr(leases.Leases, "collect", tasking_broken.collect_and_keep)
