"""Consumers that do what a plan says, scripts of what is done to them, and a model of what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Any, NamedTuple

from hypothesis.strategies import booleans, builds, integers, just, lists, none, one_of, sampled_from, tuples

from concurrency_lib.coroutines import Ended, consumer

VALUE = one_of(none(), booleans(), integers(), sampled_from(["", "word", (), b"", 0.0]), builds(object))
Outcome = tuple[str, Any]


class Refused(Exception):
    """A consumer does not like what it got."""


class Plan(NamedTuple):
    """What a consumer yields, the first before any message came, and how it ends when all is yielded."""

    answers: list[Any]
    raises: bool
    value: Any


PLAN = builds(Plan, lists(VALUE, max_size=3), sampled_from([False, False, True]), one_of(integers(1), VALUE))
SEND = tuples(just("send"), VALUE)
SCRIPT = lists(one_of(SEND, SEND, SEND, just(("close", None))), min_size=4, max_size=6)


def planned(plan: Plan, received: list[Any]) -> Generator[Any, Any, Any]:
    """Yield the answers, note what is sent for each, and end as planned."""
    for answer in plan.answers:
        message = yield answer
        received.append(message)
    if plan.raises:
        raise Refused(plan.value)
    return plan.value


class Model:
    """What a pair is: a place in the plan, and whether the consumer still waits there."""

    def __init__(self, plan: Plan) -> None:
        self.received: list[Any] = []
        self._plan, self._result = plan, None
        self._open = True

    def begin(self) -> Outcome:
        """Come to the first yield, if there is one."""
        return self._go_on()

    def send(self, message: Any) -> Outcome:
        """Take a message, unless the pair has ended."""
        if not self._open:
            return "Ended", self._result
        self.received.append(message)
        return self._go_on()

    def close(self, _: Any) -> Outcome:
        """End the pair: the consumer gets nothing more, and returns nothing unless it has."""
        self._open = False
        return "comes to", self._result

    def _go_on(self) -> Outcome:
        if len(self.received) < len(self._plan.answers):
            return "comes to", self._plan.answers[len(self.received)]
        self._open = False
        if self._plan.raises:
            return "Refused", self._plan.value
        self._result = self._plan.value
        return "Ended", self._result


def outcome_of(call: Callable[..., Any], *args: Any) -> Outcome:
    """Return what a call comes to, or the name of what it raises and the value that goes with it."""
    try:
        return "comes to", call(*args)
    except StopIteration as stop:
        return "StopIteration", stop.value
    except Ended as ended:
        return "Ended", ended.value
    except Refused as refused:
        return "Refused", refused.args[0]


def by_the_library(plan: Plan, script: Sequence[tuple[str, Any]]) -> tuple[list[Outcome], list[Any]]:
    """Do to a consumer of the library what the script says; return what came of it, and what the consumer got."""
    received: list[Any] = []
    made: list[Any] = []
    outcomes = [outcome_of(lambda: made.append(consumer(planned)(plan, received)) or made[0].first)]
    for name, value in script if made else ():
        args = (value,) if name == "send" else ()
        outcomes.append(outcome_of(getattr(made[0], name), *args))
    return outcomes, received


def by_the_model(plan: Plan, script: Sequence[tuple[str, Any]]) -> tuple[list[Outcome], list[Any]]:
    """Do the same to the model."""
    model = Model(plan)
    outcomes = [model.begin()]
    for name, value in script if outcomes[0][0] == "comes to" else ():
        outcomes.append(getattr(model, name)(value))
    return outcomes, model.received
