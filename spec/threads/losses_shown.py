"""What explorations of an account found, shown: what is left in how many orders, and which writes are lost in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Literal

from concurrency_lib.interleavings import Exploration, Failure, shown
from spec.support.evidence import Evidence, Outcome, Step
from spec.threads.accounts import VARIABLE


def show_orders(evidence: Evidence, title: str, found: Exploration, amounts: Sequence[int] = (5, 8)) -> None:
    """Show in how many orders each balance is left, and which changes are lost then."""
    rows = sorted(found.outcomes.items(), key=lambda row: (row[0] != 0, -row[1], row[0]))
    evidence.tally(
        title,
        [Outcome(f"{balance:+}" if balance else "0", count, *(graded(balance, amounts))) for balance, count in rows],
    )


def graded(balance: int, amounts: Sequence[int]) -> tuple[Literal["acceptable", "interesting"], str]:
    """Return how what is left is graded, and the fewest changes that are lost where it is left."""
    if balance == 0:
        return "acceptable", "as if one thread had come after the other"
    changes = [change for amount in amounts for change in (amount, -amount)]
    subsets = (lost for size in range(1, len(changes) + 1) for lost in combinations(changes, size))
    fewest = next((lost for lost in subsets if -sum(lost) == balance), ())
    return "interesting", f"lost: {' and '.join(f'{change:+}' for change in fewest)}"


def show_failure(evidence: Evidence, title: str, failure: Failure | None) -> None:
    """Show a schedule that ends wrong, if there is one, each write of the balance that was lost marked as such."""
    if failure:
        steps = [Step(**step._asdict()) for step in shown(failure)]
        evidence.interleaving(title, with_losses(steps))


def show_failure_of_stretches(
    evidence: Evidence, title: str, failure: Failure | None, amounts: Sequence[int] = (5, 8)
) -> None:
    """Show the same for a schedule of poll points, between which a worker reads, writes and reads, or writes.

    Such a step tells no values: they come from doing the sums, as long as each worker takes those three steps.
    """
    if failure is None:
        return
    steps = [Step(**step._asdict()) for step in shown(failure)]
    workers = [step.worker for step in failure.steps]
    if sorted(workers) == [0, 0, 0, 1, 1, 1]:
        done = operations_of_stretches(workers, amounts)
        steps = [replace(step, operation=did) for step, did in zip(steps, done, strict=True)]
    evidence.interleaving(title, with_losses(steps))


def operations_of_stretches(workers: Sequence[int], amounts: Sequence[int]) -> Iterator[str]:
    """Do the sums of adding and taking away, where a worker may be interrupted between read and write alone."""
    balance, read = 0, [0, 0]
    for at, worker in enumerate(workers):
        number, did = workers[:at].count(worker), []
        if number:
            balance = read[worker] + amounts[worker] * (1 if number == 1 else -1)
            did.append(f"write {VARIABLE}: {balance}")
        if number < 2:
            read[worker] = balance
            did.append(f"read {VARIABLE}: {balance}")
        yield ", ".join(did)


def with_losses(steps: Sequence[Step]) -> list[Step]:
    """Mark each write of the balance over which another thread writes that had read before it, and not since."""
    marked = list(steps)
    read: dict[str, int] = {}
    last: tuple[int, str] | None = None
    for at, step in enumerate(steps):
        if f"write {VARIABLE}" in step.operation:
            if last and last[1] != step.thread and read.get(step.thread, at) < last[0]:
                marked[last[0]] = replace(steps[last[0]], lost_to=at + 1)
            last = at, step.thread
        if f"read {VARIABLE}" in step.operation:
            read[step.thread] = at
    return marked
