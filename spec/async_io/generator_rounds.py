"""Tasks that do what a plan says, and scripts of what is done to their round, or to its model."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from typing import Any

from hypothesis.strategies import booleans, builds, just, lists, none, one_of, sampled_from, tuples

from concurrency_lib.coroutines import RoundRobin
from spec.async_io.generator_rounds_modelled import Log, RoundModel, TaskPlan
from spec.async_io.generator_scripts import Refused


def task_plan(spawned: Any) -> Any:
    """Draw plans of tasks that spawn such tasks."""
    turns = lists(spawned, min_size=1, max_size=3)
    return builds(TaskPlan, turns, booleans(), sampled_from(["ends", "returns", "raises", "yields"]))


PLAN = task_plan(one_of(none(), none(), task_plan(none())))
SPAWN = tuples(just("spawn"), tuples(sampled_from("abcdefgh"), PLAN))
CALL = one_of(*(just((name, ())) for name in ("step", "step", "step", "close", "run")), SPAWN)


def with_tasks(*spawned: Any) -> Any:
    """Draw scripts that begin with these: else most would have nothing to run, or to close."""
    return builds(lambda first, then: [*first, *then], tuples(*spawned), lists(CALL, min_size=4, max_size=9))


SCRIPT = with_tasks(SPAWN, SPAWN)


class Watched:
    """A round of the library, the log of its tasks, and all of them."""

    def __init__(self) -> None:
        self.round, self.log = RoundRobin(), Log()
        self._tasks: list[Generator[None, None, str]] = []

    def spawn(self, name: str, plan: TaskPlan) -> None:
        """Spawn a task."""
        self._tasks.append(self._task(name, plan))
        self.round.spawn(name, self._tasks[-1])

    def _task(self, name: str, plan: TaskPlan) -> Generator[None, None, str]:
        try:
            for turn, child in enumerate(plan.spawns):
                self.log.append(f"{name} {turn}")
                if child is not None:
                    self.spawn(f"{name}.{turn}", child)
                yield
            self.log.append(f"{name} ends")
        except GeneratorExit:
            self.log.append(f"{name} is closed")
            if plan.when_closed == "raises":
                raise Refused(name) from None
            if plan.when_closed == "yields":
                yield
            if plan.when_closed == "returns":
                return "in vain"
            raise
        if plan.raises:
            raise Refused(name)
        return f"value of {name}"

    def put_away(self) -> None:
        """Bring all tasks to their ends; those that yield once more are closed twice."""
        for each in 2 * self._tasks:
            with suppress(Refused, RuntimeError):
                each.close()


def outcome_of(call: Callable[..., Any], *args: Any) -> Any:
    """Return what a call comes to, or what it raises, each with the note of its task."""
    try:
        found = call(*args)
    except ExceptionGroup as group:
        return [" ".join((type(error).__name__, *error.__notes__)) for error in group.exceptions]
    except (RuntimeError, ValueError) as error:
        return type(error).__name__
    return {**found} if isinstance(found, dict) else found


def by_the_library(script: Sequence[tuple[str, Any]]) -> tuple[list[Any], Log, list[str], list[str]]:
    """Do what the script says to a round of the library; return what came of it, the log, and who ended how."""
    watched = Watched()
    try:
        outcomes = [
            outcome_of(getattr(watched if name == "spawn" else watched.round, name), *args) for name, args in script
        ]
        return outcomes, [*watched.log], list(watched.round.results), list(watched.round.errors)
    finally:
        watched.put_away()


def by_the_model(script: Sequence[tuple[str, Any]]) -> tuple[list[Any], Log, list[str], list[str]]:
    """Do the same to the model."""
    log: Log = []
    model = RoundModel(log)
    outcomes = [getattr(model, name)(*args) for name, args in script]
    return outcomes, log, list(model.results), list(model.errors)
