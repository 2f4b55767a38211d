"""What a run of tasks costs a server: how far its master is ahead, the round trips, and what stays in the table."""

from __future__ import annotations

import itertools
import operator
from typing import Any, NamedTuple

from spec.distributed.tasking import serving, working


class Ahead(NamedTuple):
    """How many arguments a master has taken, and how many tasks and results the server holds."""

    taken: int
    held: int


def ahead_after(collected: int, capacity: int) -> Ahead:
    """Collect some results of an endless source from a server with so much room; return how things stand then."""
    asked = itertools.count()
    with serving(capacity=capacity) as served, working(served), served.master() as master:
        results: Any = master.run(operator.neg, asked)
        for _ in range(collected):
            next(results)
        found = Ahead(next(asked), sum(map(served.counts, ["waiting", "leased", "results"])))
        results.close()
    return found


def round_trips_of(tasks: int) -> int:
    """Have one worker do quick tasks; return how often it calls the server for them."""
    trips: list[str] = []
    with serving() as served, working(served) as (worker,), served.master() as master:
        call = worker.link.call
        worker.link.call = lambda *args: trips.append(args[0]) or call(*args)  # type: ignore[func-returns-value, method-assign]
        assert sum(1 for _ in master.run(operator.neg, range(tasks))) == tasks
        return len(trips)


def left_in_the_table(tasks: int) -> list[int]:
    """Have two workers do tasks; return how many the server's table still has, by each of its accounts."""
    with serving() as served, working(served, 2), served.master() as master:
        assert sum(1 for _ in master.run(abs, range(tasks))) == tasks
        table = served.server.desk.leases
        return [len(table.tasks), len(table.queue), len(table.leased), *map(len, table.results.values())]
