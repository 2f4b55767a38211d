"""The table of tasks and leases: who works on what, until when, and which results count.

A task waits, is leased to a worker for a while, and ends in one result. A lease that runs out, or whose
worker is gone, sends its task back to the front of the queue. So a task may be executed more than once; but
of its results the first is accepted, however late, and every other is refused. What was delivered is
forgotten, so the table does not grow. It knows neither threads nor the network; its clock is monotonic, so
that nobody who sets the time of day ends a lease.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from typing import TYPE_CHECKING

from concurrency_lib._remote import Failure
from concurrency_lib.task_server.errors import TaskLost
from concurrency_lib.task_server.tasks import Counts, Lease, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from concurrency_lib._remote import Success

LARGE = 1 << 20  # bytes: a batch of tasks, or of results, ends with the one that makes it larger


class Leases:
    """Tasks of several masters, leased for `seconds` to workers, each at most `attempts` times."""

    def __init__(
        self, seconds: float, capacity: int, attempts: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.seconds, self.capacity, self.attempts = seconds, capacity, attempts
        self._clock = clock
        self._last_id = 0
        self.tasks: dict[int, Task] = {}
        self.queue: OrderedDict[int, None] = OrderedDict()
        self.leased: OrderedDict[int, Lease] = OrderedDict()  # in the order in which they run out
        self.results: dict[int, deque[tuple[int, Success | Failure]]] = {}
        self._held: dict[int, int] = {}  # by master: its tasks and results that are here
        self._settled = self._leased_again = self._refused = 0

    def room(self, master: int) -> int:
        """Return how many more tasks a master may add before it collects results."""
        return self.capacity - self._held.get(master, 0)

    def add(self, master: int, payloads: Iterable[bytes]) -> list[int]:
        """Add a master's tasks, as many as there is room for; return their numbers."""
        added = []
        for payload, _ in zip(payloads, range(self.room(master)), strict=False):
            self._last_id += 1
            self.tasks[self._last_id] = Task(master, payload)
            self.queue[self._last_id] = None
            added.append(self._last_id)
        self._held[master] = self._held.get(master, 0) + len(added)
        return added

    def lease(self, worker: int, limit: int) -> list[tuple[int, bytes]]:
        """Lease at most `limit` waiting tasks to a worker, the longest waiting first."""
        due, size = self._clock() + self.seconds, 0
        leased: list[tuple[int, bytes]] = []
        while self.queue and len(leased) < limit and size < LARGE:
            number, _ = self.queue.popitem(last=False)
            task = self.tasks[number]
            task.leases += 1
            self.leased[number] = Lease(worker, due)
            leased.append((number, task.payload))
            size += len(task.payload)
        return leased

    def settle(self, number: int, outcome: Success | Failure) -> bool:
        """Accept a task's result if it is the first; say whether it was."""
        task = self.tasks.pop(number, None)
        if task is None:
            self._refused += 1
            return False
        self.queue.pop(number, None)
        self.leased.pop(number, None)
        self.results.setdefault(task.master, deque()).append((number, outcome))
        self._settled += 1
        return True

    def collect(self, master: int, limit: int) -> list[tuple[int, Success | Failure]]:
        """Hand over at most `limit` of a master's results, and forget them."""
        found: list[tuple[int, Success | Failure]] = []
        size, ready = 0, self.results.get(master, deque())
        while ready and len(found) < limit and size < LARGE:
            number, outcome = ready.popleft()
            found.append((number, outcome))
            size += len(outcome.pickled or b"")
        self._held[master] = self._held.get(master, 0) - len(found)
        return found

    def give_back(self, worker: int, numbers: Iterable[int]) -> None:
        """Take tasks back from a worker that has not begun them: that counts as no attempt."""
        for number in reversed(list(numbers)):  # so that the longest waiting comes first
            if number in self.leased and self.leased[number].worker == worker:
                self.tasks[number].leases -= 1
                self._again(number)

    def drop_worker(self, worker: int) -> list[int]:
        """Take back all that a worker has; return the numbers."""
        held = [number for number, lease in self.leased.items() if lease.worker == worker]
        return self._all_again(held, "whoever had it went away")

    def drop_master(self, master: int) -> int:
        """Forget all of a master's tasks and results; return how many."""
        for number in [number for number, task in self.tasks.items() if task.master == master]:
            del self.tasks[number]
            self.queue.pop(number, None)
            self.leased.pop(number, None)
        self.results.pop(master, None)
        return self._held.pop(master, 0)

    def expire(self) -> list[int]:
        """Take back the tasks whose leases have run out; return their numbers."""
        now, late = self._clock(), []
        for number, lease in self.leased.items():
            if lease.due > now:
                break
            late.append(number)
        return self._all_again(late, f"its lease ran out after {self.seconds:g} s")

    def next_expiry(self) -> float | None:
        """Return in how many seconds the next lease runs out; None where nothing is leased."""
        first = next(iter(self.leased.values()), None)
        return None if first is None else max(0.0, first.due - self._clock())

    def counts(self) -> Counts:
        """Return how things stand."""
        collectable = sum(map(len, self.results.values()))
        now = len(self.queue), len(self.leased), collectable
        return Counts(*now, self._settled, self._leased_again, self._refused)

    def _all_again(self, numbers: list[int], why: str) -> list[int]:
        for number in reversed(numbers):  # so that the longest leased comes first
            self._again(number)
            self._leased_again += 1
            if self.tasks[number].leases >= self.attempts:
                told = f"task {number}: expected a result, found none in {self.attempts} leases; of the last {why}"
                self.settle(number, Failure.of(TaskLost(told)))
        return numbers

    def _again(self, number: int) -> None:
        del self.leased[number]
        self.queue[number] = None
        self.queue.move_to_end(number, last=False)
