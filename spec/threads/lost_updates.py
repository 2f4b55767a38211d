"""Every order in which workers can change one account: explored, and counted by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations, groupby
from typing import Any

from concurrency_lib.interleavings import Exploration, ExplorationError, explore
from spec.support.rulings import Condition
from spec.support.runtime import gil_enabled
from spec.threads.accounts import Account, Change


def every_order(
    change: Change, amounts: Sequence[int] = (5, 8), account: Callable[[], Account] = Account, **options: Any
) -> Exploration:
    """Explore one worker for each amount, each of which changes one account by its amount once."""
    workers = [partial(change, amount=amount) for amount in amounts]
    for worker, amount in zip(workers, amounts, strict=True):
        vars(worker)["__name__"] = f"+{amount} −{amount}"
    return explore(account, workers, is_empty, observe=balance_of, **options)


def is_empty(account: Account) -> bool:
    """Tell whether nothing is left of what was added and taken away."""
    return account.balance == 0


def balance_of(account: Account) -> int:
    """Return the balance."""
    return account.balance


def balances_by_arithmetic(*workers: Sequence[int]) -> Counter[int]:
    """Count the balances in which two workers can leave the account, by doing the sums of every order.

    Each worker adds its numbers one after the other, a read and a write each. Orders that differ in the order of
    neighbouring reads alone are one order: no worker can tell them apart.
    """
    length = 2 * len(workers[0])
    found = {}
    for places in combinations(range(2 * length), length):
        order = [0 if at in places else 1 for at in range(2 * length)]
        found[told_apart(order)] = balance_after(order, workers)
    return Counter(found.values())


def told_apart(order: Sequence[int]) -> tuple[Any, ...]:
    """Return the steps in their order, as (worker, number of its step), with neighbouring reads sorted."""
    steps = [(worker, order[:at].count(worker)) for at, worker in enumerate(order)]
    groups = groupby(steps, key=lambda step: step[1] % 2)
    return tuple(step for writes, group in groups for step in (group if writes else sorted(group)))


def balance_after(order: Sequence[int], workers: Sequence[Sequence[int]]) -> int:
    """Do the sums: at each of its turns a worker reads, or writes what it read plus its next number."""
    balance, read, numbers = 0, [0, 0], list(map(iter, workers))
    for at, worker in enumerate(order):
        if order[:at].count(worker) % 2 == 0:
            read[worker] = balance
        else:
            balance = read[worker] + next(numbers[worker])
    return balance


def _polls() -> str:
    if not gil_enabled():
        return "this build has no GIL to hand on"
    try:
        explore(int, [abs], lambda _: True, granularity="polls")
    except ExplorationError as error:
        return str(error)
    return ""


hands_the_gil_on = Condition("a GIL changes hands, at places that are known", _polls)
