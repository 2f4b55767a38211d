"""A table of leases under any script, beside the simplest account of what may become of its tasks."""

from __future__ import annotations

from typing import Any

from hypothesis.strategies import integers, lists, one_of, sampled_from, tuples

from concurrency_lib._remote import Success
from concurrency_lib.task_server.leases import Leases

MASTER = 1
SECONDS = 10.0
NOBODY = 99  # a worker that has done nothing wrong

small = integers(0, 3)
steps = one_of(
    tuples(sampled_from(["add", "tick", "drop", "collect"]), small, small),
    tuples(sampled_from(["lease", "settle", "give back"]), small, small),
)
scripts = lists(steps, min_size=4, max_size=24)


class Account:
    """A table of leases, what was leased to whom, whose results were accepted, and what was collected."""

    def __init__(self) -> None:
        self.now = 0.0
        self.table = Leases(SECONDS, 1000, 1000, clock=lambda: self.now)
        self.added: list[int] = []
        self.had: list[tuple[int, int]] = []
        self.accepted: list[int] = []
        self.collected: list[int] = []
        self.wrong: list[str] = []
        self.add(0, 3)
        self.lease(0, 2)

    def follow(self, script: list[tuple[str, int, int]]) -> Account:
        """Take every step of the script; then let the time of all leases pass, and have everything done."""
        for name, who, number in script:
            getattr(self, name.replace(" ", "_"))(who, number)
        self.tick(3, 0)
        self.lease(NOBODY, 1000)
        for _, task in self.had:
            self.hand_in(task)
        self.collect(0, 1000)
        return self

    def add(self, _: int, number: int) -> None:
        """Add tasks."""
        self.added += self.table.add(MASTER, [b""] * number)

    def lease(self, worker: int, number: int) -> None:
        """Lease tasks to a worker."""
        self.had += [(worker, task) for task, _ in self.table.lease(worker, number)]

    def tick(self, number: int, _: int) -> None:
        """Let time pass, up to more than a lease lasts."""
        self.now += number * SECONDS / 2
        self.table.expire()

    def drop(self, worker: int, _: int) -> None:
        """Let a worker go away."""
        self.table.drop_worker(worker)

    def settle(self, who: int, number: int) -> None:
        """Hand in the result of a task that somebody has, or had."""
        if self.had:
            self.hand_in(self.had[(4 * who + number) % len(self.had)][1])

    def give_back(self, worker: int, number: int) -> None:
        """Give back tasks that the worker has, or had, or never had."""
        self.table.give_back(worker, [task for _, task in self.had[-number:]])

    def collect(self, _: int, number: int) -> None:
        """Collect results."""
        self.collected += [task for task, _ in self.table.collect(MASTER, number)]

    def hand_in(self, task: int) -> None:
        """Hand in a result, and see that the first one counts, and no other."""
        first = task not in self.accepted
        if self.table.settle(task, Success(b"")) != first:
            self.wrong.append(f"task {task}: {'refused its first' if first else 'accepted another'} result")
        if first:
            self.accepted.append(task)


def left_over(table: Any) -> int:
    """Return how much a table still keeps."""
    return sum(table.counts()[:3])
