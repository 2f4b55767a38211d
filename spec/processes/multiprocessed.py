"""What the claims about processes and pools share: pools that are gone at the end of a block, refusals, timelines."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from spec.support.capabilities import refusal_of
from spec.support.claims import Condition
from spec.support.deadlines import deadline, ends, overdue
from spec.support.evidence import Lane, Span
from spec.support.outcomes import Overdue

A_WHILE = 0.03  # seconds in which whatever does not wait would long have gone on

can_start_processes = Condition(
    "multiprocessing can start a process",
    lambda: refusal_of("import multiprocessing\np = multiprocessing.Process()\np.start()\np.join()"),
)


@contextmanager
def pool_of(context: Any, workers: int | None = None, **options: Any) -> Iterator[Any]:
    """Yield a pool, and leave nothing of it."""
    pool = context.Pool(workers, **options)
    try:
        yield pool
    finally:
        end(pool)


def end(pool: Any) -> None:
    """Terminate a pool, and close what no public call closes: on PyPy it would stay open until the second collection."""
    workers = list(pool._pool)  # noqa: SLF001
    pool.terminate()
    pool.join()
    for worker in {*workers, *pool._pool}:  # noqa: SLF001
        worker.close()
    for queue in (pool._inqueue, pool._outqueue, pool._change_notifier):  # noqa: SLF001
        queue.close()
        vars(queue).clear()


class CountingContext:
    """A multiprocessing context that keeps what it makes of processes."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self.made: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def Process(self, *args: Any, **options: Any) -> Any:  # noqa: N802 - multiprocessing's name
        """Make a process."""
        process = self._context.Process(*args, **options)
        self.made.append(process)
        return process


@contextmanager
def offspring() -> Iterator[Callable[[], set[Any]]]:
    """Yield a function that finds the processes started since that have not been joined; leave none of them."""
    before = set(multiprocessing.active_children())

    def since() -> set[Any]:
        return set(multiprocessing.active_children()) - before

    try:
        yield since
    finally:
        for process in since():
            process.kill()
            process.join()
            process.close()


def went_on_only_when(let_go: Callable[[], object], waiting: Callable[[], object]) -> tuple[bool, list[float]]:
    """Call `waiting` in a thread, and after a while `let_go`: return whether it had waited, and the moments in ms.

    These are when the call began, when it was let go, and when it returned. All that could end the call earlier has
    been ruled out by the requirement.
    """
    moments = [time.monotonic()]
    waiter = Thread(target=waiting, daemon=True)
    waiter.start()
    waiter.join(A_WHILE)
    waited = waiter.is_alive()
    moments.append(time.monotonic())
    let_go()
    ends(waiter)
    return waited, [1000 * (moment - moments[0]) for moment in (*moments, time.monotonic())]


def happens_in_a_while(fact: Callable[[], object]) -> bool:
    """Watch for a fact that the requirement has ruled out."""
    give_up = time.monotonic() + A_WHILE
    while not (happened := bool(fact())) and time.monotonic() < give_up:
        time.sleep(A_WHILE / 10)
    return happened


def answer_of(promise: Any) -> Any:
    """Return what a task of a pool returned, or raise what it raised, within the deadline."""
    promise.wait(deadline())
    if not promise.ready():
        raise overdue("the answer of a task")
    return promise.get()


def exists(pid: int) -> bool:
    """Tell whether there is a process of this id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def raised_by(call: Callable[..., object], *args: Any, **options: Any) -> Exception | None:
    """Return the exception in which a call ends, or None, for a requirement to assert which it is."""
    try:
        call(*args, **options)
    except Overdue:
        raise
    except Exception as error:  # noqa: BLE001 - the requirement says which it expects
        return error
    return None


def lanes(runs: Iterable[Any]) -> list[Lane]:
    """Draw tasks as one lane a worker, in milliseconds from the first start; each has its index, pid and times in seconds."""
    runs = sorted(runs, key=lambda run: run.started)
    spans: dict[int, list[Span]] = {}
    for run in runs:
        start, end = ((moment - runs[0].started) * 1000 for moment in (run.started, run.ended))
        spans.setdefault(run.pid, []).append(Span(f"task {run.index}", round(start, 3), round(end, 3)))
    return [Lane(f"worker {pid}", its) for pid, its in spans.items()]
