"""Two tasks or threads that note three lines each, with stops where wanted, and every order that the lines can have."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Iterator, Sequence
from itertools import combinations
from typing import Any

from concurrency_lib.interleavings import Exploration, explore_tasks
from spec.support.evidence import Evidence, Outcome

NUMBERS, LETTERS = "123", "xyz"
Task = Callable[[list[str]], Coroutine[Any, Any, None]]


def task_of(lines: str, stops_after: Collection[str] = ()) -> Task:
    """Make a coroutine function that notes the lines, and lets others run after some of them."""

    async def note(log: list[str]) -> None:
        for line in lines:
            log.append(line)
            if line in stops_after:
                await asyncio.sleep(0)

    note.__name__ = f"notes {lines}"
    return note


def note_in_thread(lines: str, log: list[str]) -> None:
    """Note the lines one by one, as a thread does."""
    for line in lines:
        log.append(line)  # noqa: PERF402 - a step for each


def every_order(*tasks: Task) -> Exploration:
    """Explore the tasks, and observe the lines in the order in which they were noted."""
    return explore_tasks(list[str], tasks, lambda _: True, observe="".join)


def orders_by_hand(*tasks: tuple[str, Collection[str]]) -> set[str]:
    """Return every order in which the lines of two tasks can come, a stretch from stop to stop being indivisible."""
    one, other = (list(stretches(lines, stops)) for lines, stops in tasks)
    return {"".join(merged(one, other, places)) for places in combinations(range(len(one) + len(other)), len(one))}


def stretches(lines: str, stops_after: Collection[str]) -> Iterator[str]:
    """Split the lines after each stop."""
    stretch = ""
    for line in lines:
        stretch += line
        if line in stops_after:
            yield stretch
            stretch = ""
    yield stretch  # which may be empty: what a task does between its last stop and its end


def merged(one: Sequence[str], other: Sequence[str], places: Collection[int]) -> Iterator[str]:
    """Yield from both, each in its order, the first at the places."""
    ones, others = iter(one), iter(other)
    for place in range(len(one) + len(other)):
        yield next(ones if place in places else others)


def show_orders(evidence: Evidence, title: str, found: Exploration) -> None:
    """Show each order that was found, and in how many schedules."""
    rows = sorted(found.outcomes.items(), key=lambda row: str(row[0]))
    evidence.tally(title, [Outcome(" ".join(str(lines)), count, *graded(str(lines))) for lines, count in rows])


def graded(lines: str) -> Any:
    """Tell whether one task was broken off for the other."""
    whole = NUMBERS in lines and LETTERS in lines
    return ("acceptable", "one after the other") if whole else ("interesting", "one within the other")


def broken_off(orders: Collection[object]) -> list[object]:
    """Return the orders in which one task is broken off for the other."""
    return [lines for lines in orders if NUMBERS not in str(lines) or LETTERS not in str(lines)]
