"""Pools that are gone at the end of a block, and the timelines of their tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.pool import TERMINATE
from typing import Any

from spec.support.deadlines import deadline, overdue, put_away, wait_until
from spec.support.evidence import Lane, Span, in_ms
from spec.support.outcomes import Overdue
from spec.support.sabotage import under_way


@contextmanager
def pool_of(context: Any, workers: int | None = None, **options: Any) -> Iterator[Any]:
    """Yield a pool, and leave nothing of it."""
    pool = context.Pool(workers, **options)
    try:
        yield pool
    finally:
        end(pool)


def end(pool: Any) -> None:
    """Terminate a pool, and close what no public call does: on PyPy it would outlast a collection."""
    workers = list(pool._pool)  # noqa: SLF001
    if under_way() and pool._state != TERMINATE:  # noqa: SLF001
        _let_answers_come(pool)
    pool.terminate()
    pool.join()
    for worker in {*workers, *pool._pool}:  # noqa: SLF001
        put_away(worker)
    for queue in (pool._inqueue, pool._outqueue, pool._change_notifier):  # noqa: SLF001
        queue.close()
        vars(queue).clear()


def _let_answers_come(pool: Any) -> None:
    """Wait a little for tasks that were let go: a worker that is killed as it answers takes the queue's lock along.

    Pool.terminate would wait for that lock for ever.
    """
    with suppress(Overdue):
        wait_until(lambda: not pool._cache, "the answers of tasks", within=1.0)  # noqa: SLF001


def answer_of(promise: Any) -> Any:
    """Return what a task of a pool returned, or raise what it raised, within the deadline."""
    promise.wait(deadline())
    if not promise.ready():
        raise overdue("the answer of a task")
    return promise.get()


def runs_of(promise: Any) -> list[Any]:
    """Return what tasks noted of their runs, by their indices, in whatever order the pool returns them."""
    return sorted(answer_of(promise), key=lambda run: run.index)


def lanes(runs: Iterable[Any]) -> list[Lane]:
    """Draw tasks, each with its index, pid and times in seconds, as one lane a worker, in milliseconds."""
    runs = sorted(runs, key=lambda run: run.started)
    spans: dict[int, list[Span]] = {}
    for run in runs:
        start, end = (in_ms(moment - runs[0].started) for moment in (run.started, run.ended))
        spans.setdefault(run.pid, []).append(Span(f"task {run.index}", start, end))
    return [Lane(f"worker {pid}", its) for pid, its in spans.items()]
