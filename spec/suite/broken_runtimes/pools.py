"""Runtimes whose pools break one promise each."""

from __future__ import annotations

import multiprocessing.pool
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by, replace

Pool = multiprocessing.pool.Pool


@noticed_by(
    "pool-batch-creates",
    "pool-join-waits-all",
    "pool-fifth-waits",
    perhaps=[
        "pool-sample3-output",
        "pool-no-submit-after-close",
        "pool-excess-waits-then-creates",
        "pool-map-different-processes",
        "pool-many-processes",
    ],
)
def pool_has_twice_its_size() -> None:
    """A pool has twice as many workers as it was asked for."""

    def init(honest: Any) -> Any:
        def double(self: Any, processes: int | None = None, *args: Any, **kwargs: Any) -> None:
            honest(self, processes and 2 * processes, *args, **kwargs)

        return double

    replace(Pool, "__init__", init)


@noticed_by("pool-default-size-cpu")
def pool_has_one_worker_by_default() -> None:
    """A pool that is not told its size has one worker."""

    def init(honest: Any) -> Any:
        def one(self: Any, processes: int | None = None, *args: Any, **kwargs: Any) -> None:
            honest(self, processes or 1, *args, **kwargs)

        return one

    replace(Pool, "__init__", init)


@noticed_by("pool-no-submit-after-close")
def pool_accepts_work_after_close() -> None:
    """A closed pool goes on accepting tasks."""
    replace(Pool, "_check_running", lambda _: lambda self: None)


@noticed_by("pool-close-before-join")
def pool_joins_while_it_runs() -> None:
    """Joining a pool that was not closed closes it."""

    def join(honest: Any) -> Any:
        def close_first(self: Any) -> None:
            self.close()
            honest(self)

        return close_first

    replace(Pool, "join", join)


@noticed_by("pool-map-applies-list")
def map_returns_in_reverse() -> None:
    """The results of a pool's map come in the reverse order."""
    result = multiprocessing.pool.MapResult
    replace(result, "get", lambda honest: lambda self, timeout=None: honest(self, timeout)[::-1])
