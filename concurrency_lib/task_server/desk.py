"""The desk of a task server: what masters and workers may ask for, each over a connection of its own.

Each call is made in the thread that serves the client's connection, which is how the desk knows the client.
When the connection ends, whatever the reason, the client leaves: a worker's leases go back to the queue, and
a master's tasks are forgotten, for nobody could collect their results.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from concurrency_lib.task_server.errors import Closing, Full
from concurrency_lib.task_server.links import LONGEST_WAIT
from concurrency_lib.task_server.roll import Roll
from concurrency_lib.task_server.terms import Reply, Terms, numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from concurrency_lib._remote import Failure, Success
    from concurrency_lib.task_server.leases import Leases

PUBLIC = ("join", "exchange", "trade", "status")


class Desk:
    """Leases, shared by the threads that serve the clients."""

    def __init__(self, leases: Leases, tell: Callable[[str], None]) -> None:
        self.leases, self._tell = leases, tell
        self._lock = threading.Lock()
        self._tasks_wait = threading.Condition(self._lock)
        self._results_wait = threading.Condition(self._lock)
        self._somebody_left = threading.Condition(self._lock)
        self.roll = Roll()
        self.closing = False

    def join(self, role: str, name: str) -> Terms:
        """Say who this is; return the terms."""
        with self._lock:
            client = self.roll.client()
            client.role, client.name = role, f"{role} {name} ({client.name})"
            self.roll.joined[client.number] = client
        return Terms(self.leases.seconds, self.leases.capacity)

    def exchange(
        self, done: Sequence[tuple[int, Success | Failure]], unbegun: Sequence[int], want: int, wait: float
    ) -> Reply:
        """Hand in results, give back what was not begun, and lease at most `want` tasks, within `wait` seconds."""
        with self._lock:
            worker = self.roll.client()
            refused = [number for number, outcome in done if not self.leases.settle(number, outcome)]
            for number in refused:
                self._tell(f"{worker.name}: refused its result of task {number}, which has one, or no master any more")
            self.leases.give_back(worker.number, unbegun)
            self._wake()
            if want:
                self._await(self._tasks_wait, lambda: len(self.leases.queue) or self.closing, wait)
            leased = [] if self.closing else self.leases.lease(worker.number, min(want, self._share()))
            return Reply(leased, refused, self.closing)

    def trade(
        self,
        payloads: Sequence[bytes],
        limit: int,
        wait: float,
        whole: bool = False,  # noqa: FBT001, FBT002 - a message
    ) -> tuple[list[int], list[tuple[int, Success | Failure]]]:
        """Add tasks, as many as there is room for, and collect at most `limit` results within `wait` seconds.

        Returns the numbers of the added, and the results. If `whole`, raises `Full` unless there is room for all.
        """
        with self._lock:
            master = self.roll.client().number
            if payloads:
                self.check(master, len(payloads), whole=whole)
            added = self.leases.add(master, payloads)
            self._wake()
            if limit:
                self._await(self._results_wait, lambda: self.leases.results.get(master) or self._idle(), wait)
            results = self.leases.collect(master, limit)
            if limit and not results and self._idle():
                raise Closing("expected results, found a server that closes and has none; start another")
            self._somebody_left.notify_all()
            return added, results

    def status(self) -> dict[str, int]:
        """Return how many tasks, results and clients there are, by name."""
        with self._lock:
            self._expire()
            clients = {f"{role}s": len(self.roll.names(role)) for role in ("worker", "master")}
            return {**self.leases.counts()._asdict(), **clients}

    def leave(self) -> None:
        """Let the client of this thread's connection go, and take back what it had."""
        with self._lock:
            client = self.roll.client()
            self.roll.joined.pop(client.number, None)
            if again := self.leases.drop_worker(client.number):
                self._tell(f"{client.name} went away: {numbered(again)} back in the queue")
            if forgotten := self.leases.drop_master(client.number):
                self._tell(f"{client.name} went away: tasks and results forgotten: {forgotten}")
            self._wake()
            self._somebody_left.notify_all()

    def close(self, grace: float) -> list[str]:
        """Tell workers to end; wait `grace` seconds for that, and for masters to collect; name who is left."""
        with self._lock:
            self.closing = True
            self._tasks_wait.notify_all()
            self._results_wait.notify_all()
            self._somebody_left.wait_for(self._deserted, grace)
            return self.roll.names("worker")

    def _deserted(self) -> bool:
        return not self.roll.names("worker") and not self.leases.counts().results

    def _share(self) -> int:
        """Return how many tasks one worker may take so that the others get some as well."""
        return -(-len(self.leases.queue) // max(1, len(self.roll.names("worker"))))

    def check(self, master: int, number: int, *, whole: bool) -> None:
        """Raise the reason why a master's tasks are not taken, if there is one."""
        if self.closing:
            raise Closing("expected a server that takes tasks, found one that closes; start another")
        if whole and number > self.leases.room(master):
            room = f"expected room for {number} tasks, found {self.leases.room(master)} of {self.leases.capacity}"
            raise Full(f"{room}; collect results first, or give the server a larger capacity")

    def _idle(self) -> bool:
        """Tell whether the server closes, and no worker has anything to hand in."""
        return self.closing and not self.leases.counts().leased

    def _expire(self) -> None:
        if late := self.leases.expire():
            self._tell(f"leases ran out: {numbered(late)} back in the queue")
            self._wake()

    def _await(self, condition: threading.Condition, fact: Callable[[], object], seconds: float) -> None:
        """Wait until there is a fact; of leases that run out meanwhile the tasks are back in the queue."""
        give_up = time.monotonic() + min(seconds, LONGEST_WAIT)
        self._expire()
        while not fact() and (left := give_up - time.monotonic()) > 0:
            expiry = self.leases.next_expiry()
            condition.wait(left if expiry is None else min(left, expiry))
            self._expire()

    def _wake(self) -> None:
        self._tasks_wait.notify(len(self.leases.queue))
        self._results_wait.notify_all()
