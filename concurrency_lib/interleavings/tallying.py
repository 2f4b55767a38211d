"""From runs to an answer: each is made and judged in turn, until all were made or the budget is spent."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from concurrency_lib.interleavings.explaining import Recorder, verdict_on
from concurrency_lib.interleavings.results import Budget, Exploration, Failure, Granularity, Schedule
from concurrency_lib.interleavings.search import Script

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from concurrency_lib.interleavings.laboratory import Program
    from concurrency_lib.interleavings.runs import Run
    from concurrency_lib.interleavings.search import Search

State = TypeVar("State")


def recorded(laboratory: Any, schedule: Schedule) -> Failure | None:
    """Make the run of the schedule once more, and write it down."""
    program, recorder = laboratory.program, Recorder(laboratory.program.names)
    run, state = laboratory.make_run(Script(schedule.turns).choose, recorder)
    verdict = verdict_on(run, state, program.invariant, program.names)
    if verdict is None:
        return None
    return Failure(verdict.kind, verdict.says, schedule, tuple(recorder.steps), verdict.waits)


class Tally(Generic[State]):
    """What has been found so far."""

    def __init__(
        self,
        program: Program[State],
        search: Search,
        budget: Budget,
        observe: Callable[[State], Hashable] | None,
        schedule: Callable[[tuple[int, ...]], Schedule],
    ) -> None:
        self._program, self._search, self._budget = program, search, budget
        self._observe, self._schedule = observe, schedule
        self._began = time.monotonic()
        self._ends: Counter[str] = Counter()
        self._outcomes: Counter[Hashable] = Counter()
        self._best: dict[bool, tuple[tuple[int, int], Schedule]] = {}  # by whether it is a deadlock

    def explore(self, laboratory: Any, granularity: Granularity, assumptions: tuple[str, ...]) -> Exploration:
        """Make all runs, as far as the budget goes."""
        more, spent = True, self._spent()
        with laboratory:
            while more and not spent:
                self._search.begin()
                self._count(*laboratory.make_run(self._search.choose))
                more, spent = self._search.advance(), self._spent()
            failures = {deadlock: recorded(laboratory, schedule) for deadlock, (_, schedule) in self._best.items()}
        if self._ends["endless"]:
            spent = f"{self._ends['endless']} schedules did not end within {self._budget.steps} steps"
        answer = self._answer(spent if more or self._ends["endless"] else "", failures)
        return replace(answer, granularity=granularity, assumptions=assumptions)

    def _spent(self) -> str:
        """Return which budget is spent, or nothing."""
        budget = self._budget
        if budget.schedules is not None and self._ends["schedules"] >= budget.schedules:
            return f"the budget of {budget.schedules} schedules is spent"
        if budget.seconds is not None and time.monotonic() - self._began >= budget.seconds:
            return f"the budget of {budget.seconds} seconds is spent"
        return ""

    def _count(self, run: Run, state: State) -> None:
        if run.outcome == "pruned":
            self._ends["pruned"] += 1
            return
        self._ends["schedules"] += 1
        verdict = verdict_on(run, state, self._program.invariant, self._program.names)
        if self._observe and run.outcome == "ended":
            self._outcomes[self._observe(state)] += 1
        if verdict is None:
            return
        self._ends["failures"] += 1
        self._ends[verdict.kind] += 1
        deadlock = verdict.kind == "deadlock"
        cost = (self._search.switches(), run.steps)
        if deadlock not in self._best or cost < self._best[deadlock][0]:
            self._best[deadlock] = (cost, self._schedule(self._search.turns()))

    def _answer(self, stopped_by: str, failures: dict[bool, Failure | None]) -> Exploration:
        first = min(self._best, key=lambda deadlock: self._best[deadlock][0], default=False)
        return Exploration(
            schedules=self._ends["schedules"],
            pruned=self._ends["pruned"],
            failures=self._ends["failures"],
            deadlocks=self._ends["deadlock"],
            exhausted=not stopped_by,
            stopped_by=stopped_by,
            granularity="shared",
            bound=self._search.bound,
            failure=failures.get(first),
            deadlock=failures.get(True),
            outcomes=dict(self._outcomes),
        )
