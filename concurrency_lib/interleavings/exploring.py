"""The question put for threads: `explore` asks it for every schedule, `replay` for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from concurrency_lib.interleavings.laboratory import Laboratory, Program
from concurrency_lib.interleavings.names import names_written_within_reach
from concurrency_lib.interleavings.results import Budget, Exploration, Failure, Granularity, Schedule
from concurrency_lib.interleavings.search import Search
from concurrency_lib.interleavings.tallying import Tally, recorded
from concurrency_lib.interleavings.watching import Grown, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

State = TypeVar("State")


def explore(  # noqa: PLR0913 - the question has as many parts
    setup: Callable[[], State],
    workers: Iterable[Callable[[State], object]],
    invariant: Callable[[State], bool],
    *,
    granularity: Granularity = "shared",
    shared: Iterable[str] | None = None,
    bound: int | None = None,
    budget: Budget | None = None,
    observe: Callable[[State], Hashable] | None = None,
    swap: bool = False,
    reduced: bool = True,
) -> Exploration:
    """Run the workers in every order of their steps, and tell which orders end wrong.

    `shared` are the names of all that the workers share (variables, attributes, textual keys); without it, that is
    found out. `bound` is how many preemptions a schedule may have. `observe` makes of a final state what is tallied
    in `outcomes`. With `swap` the primitives of `threading` and `queue` are modelled for `setup` and the workers.
    Without `reduced`, schedules that differ only in the order of independent steps are all run.

    The invariant answers True or False, or raises AssertionError. Raises ValueError for a question without workers
    or with a negative bound; Nondeterministic if a run does not repeat what a run before it did; Uncontrolled if a
    worker blocks on, or starts, what is not under control; ExplorationError for what else cannot be answered.
    """
    program = Program(setup, workers, invariant, swap=swap)
    budget = budget or Budget()
    names = None if shared is None else frozenset(shared)
    written = names_written_within_reach(program.workers)
    while True:
        watch = Watch(granularity, names, written)
        tally = Tally(program, Search(bound, reduced=reduced), budget, observe, watch.schedule)
        try:
            return tally.explore(Laboratory(program, watch, budget.steps), granularity, watch.assumptions())
        except Grown:
            continue  # with what it has learned


def replay(  # noqa: PLR0913 - the question has as many parts
    setup: Callable[[], State],
    workers: Iterable[Callable[[State], object]],
    invariant: Callable[[State], bool],
    schedule: Schedule,
    *,
    budget: Budget | None = None,
    swap: bool = False,
) -> Failure | None:
    """Make the one run that the schedule describes; return how it ends wrong, or None if it ends well."""
    program = Program(setup, workers, invariant, swap=swap)
    written = set(schedule.written) | names_written_within_reach(program.workers)
    while True:
        watch = Watch(schedule.granularity, schedule.shared, written)
        try:
            with Laboratory(program, watch, (budget or Budget()).steps) as laboratory:
                return recorded(laboratory, schedule)
        except Grown:
            continue  # with what it has learned
