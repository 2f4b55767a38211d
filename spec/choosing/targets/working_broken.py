"""How saboteurs break a team of workers."""

from __future__ import annotations

import signal
from concurrent.futures import ALL_COMPLETED, Future
from typing import Any

from concurrency_lib import _workers_futures, _workers_processes, workers
from concurrency_lib._workers_futures import FutureHands, ThreadHands
from concurrency_lib._workers_results import Result
from spec.choosing.targets import working_tasks
from spec.support.sabotage import Patch


def master_that_works(patch: Patch) -> None:
    """Have the master call the function in place of a worker."""

    def call(_hands: object, _index: int, function: Any, item: object) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(_workers_futures.run_here(function, item))
        return future

    patch.setattr(ThreadHands, "_submit", call)


def values_turned_round(patch: Patch) -> None:
    """Give the last result the first place, and so on."""
    original = workers.Team._work  # noqa: SLF001

    def renumbered(team: workers.Team, *args: Any, **options: Any) -> Any:
        for result in original(team, *args, **options):
            yield Result(-result.index, result.returned, result.error)

    patch.setattr(workers.Team, "_work", renumbered)


def master_that_waits_for_all(patch: Patch) -> None:
    """Have the master wait for the last of the tasks in progress."""
    patch.setattr(_workers_futures, "FIRST_COMPLETED", ALL_COMPLETED)


def master_that_takes_ahead(patch: Patch) -> None:
    """Count ten workers for one."""
    patch.setattr(FutureHands, "free", property(lambda hands: len(hands._tasks) < 20))  # noqa: SLF001


def team_that_goes_through(patch: Patch) -> None:
    """Have a team keep to the tasks that it was given, although nobody wants them."""
    patch.setattr(FutureHands, "drop", lambda _: None)


def result_without_a_value(index: int, _returned: object, _error: BaseException | None) -> Result[Any]:
    """Forget what came of a task."""
    return Result(index)


def failures_hushed(patch: Patch) -> None:
    """Take a failure for a success of nothing."""
    original = _workers_futures.settled
    patch.setattr(_workers_futures, "settled", lambda *args: hushed(original(*args)))


def hushed(result: Result[Any]) -> Result[Any]:
    """Forget the error of a result."""
    return Result(result.index) if result.error else result


def failures_without_a_trace(patch: Patch) -> None:
    """Put another exception, which was raised nowhere, in the place of each."""
    original = _workers_futures.ended_here

    def retold(index: int, returned: object, error: BaseException | None) -> Result[Any]:
        return original(index, returned, type(error)(*error.args) if error else None)

    patch.setattr(_workers_futures, "ended_here", retold)


def run_that_goes_on(patch: Patch) -> None:
    """Have a run go on after a failure."""
    original = workers.Team._work  # noqa: SLF001

    def heedless(team: workers.Team, function: Any, items: Any, **_: bool) -> Any:
        return original(team, function, items, stop_at_error=False)

    patch.setattr(workers.Team, "_work", heedless)


def exits_hushed(patch: Patch) -> None:
    """Forget what is no ordinary exception."""
    original = _workers_futures.ended_here

    def only_exceptions(index: int, returned: object, error: BaseException | None) -> Result[Any]:
        return original(index, returned, error if isinstance(error, Exception) else None)

    patch.setattr(_workers_futures, "ended_here", only_exceptions)


def refusals_hushed(patch: Patch) -> None:
    """Send nothing in the place of what cannot be pickled."""
    library = _workers_processes
    original = library.pack

    def pack_or_nothing(thing: object, what: str) -> bytes:
        try:
            return original(thing, what)
        except Exception:  # noqa: BLE001 - whatever it is
            return original((int, 0), what)

    patch.setattr(library, "pack", pack_or_nothing)


def interrupts_ignored(patch: Patch) -> None:
    """Have the process of a team with threads ignore interrupts."""
    original = ThreadHands.__init__

    def ignore_and_begin(hands: ThreadHands, number: int) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        original(hands, number)

    patch.setattr(ThreadHands, "__init__", ignore_and_begin)


def strangers_at_work(patch: Patch) -> None:
    """Have every task say that somebody else executed it."""
    patch.setattr(working_tasks, "me", lambda: working_tasks.Who(-1, -1))
