"""An account that threads change, in statements of their own, and what real threads make of it."""

from __future__ import annotations

import linecache
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from spec.support.deadlines import wait_until
from spec.support.evidence import Step
from spec.threads.together import together

Change = Callable[[Any, Any], object]

VARIABLE = "balance"
SHORTEST_TURN = 1e-6 if sys.implementation.name == "cpython" else 1e-4  # shorter ones let PyPy do little else


class Account:
    """One variable that several threads change."""

    def __init__(self) -> None:
        self.balance = 0


class Watched(Account):
    """An account that notes who read or wrote the balance in which line."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._balance = 0

    @property
    def balance(self) -> int:  # type: ignore[override]  # the variable, watched
        """The balance."""
        balance = self._balance
        self.steps.append(step_of_caller(f"read {VARIABLE}: {balance}"))
        return balance

    @balance.setter
    def balance(self, balance: int) -> None:
        self.steps.append(step_of_caller(f"write {VARIABLE}: {balance}"))
        self._balance = balance


def step_of_caller(operation: str) -> Step:
    """Return the step that the calling thread takes, in the line that called the caller."""
    frame = sys._getframe(2)  # noqa: SLF001 - there is no other way to the line
    file, line = frame.f_code.co_filename, frame.f_lineno
    source = linecache.getline(file, line).strip()
    return Step(threading.current_thread().name, f"{Path(file).name}:{line}", source, operation)


def pay_in(account: Account, amount: Any) -> None:
    """Add the amount: a read and a write, in one statement."""
    account.balance = account.balance + amount


def in_and_out(account: Account, amount: Any) -> None:
    """Add the amount and take it away again, in a statement each: read, write, read, write."""
    account.balance = account.balance + amount
    account.balance = account.balance - amount


def in_and_nearly_out(account: Account, amount: Any) -> None:
    """Add the amount and take one less away again, in a statement each."""
    account.balance = account.balance + amount
    account.balance = account.balance - (amount - 1)


def in_and_out_rounded(account: Account, amount: Any) -> None:
    """Do the same, with a call between each read and the write that follows."""
    account.balance = round(account.balance + amount)
    account.balance = round(account.balance - amount)


class Hesitant:
    """An amount to which, once the balance has been read for it, the other thread is let go first."""

    def __init__(self, amount: int) -> None:
        self._amount = amount
        self.balance_was_read, self.other_has_ended = threading.Event(), threading.Event()

    def __radd__(self, balance: int) -> int:
        self.balance_was_read.set()
        wait_until(self.other_has_ended.is_set, "the end of the other thread's change")
        return balance + self._amount


def overtaken(change: Change, account: Account, slow: int, quick: int) -> None:
    """Let one thread change the account by `quick` while another stands between reading and writing for `slow`."""
    amount = Hesitant(slow)

    def overtake() -> None:
        wait_until(amount.balance_was_read.is_set, "the read that comes first")
        try:
            change(account, quick)
        finally:
            amount.other_has_ended.set()

    with together(partial(change, account, amount), overtake, names=[f"adds {slow}", f"adds {quick}"]):
        pass


def left_under_stress(
    change: Change,
    passes: int,
    interval: float,
    amounts: Sequence[int] = (5, 8),
    account: Callable[[], Account] = Account,
) -> int:
    """Let real threads, one for each amount, change an account so many times; return what is left."""
    shared = account()

    def repeat(amount: int) -> None:
        for _ in range(passes):
            change(shared, amount)

    with switching_every(interval), together(*(partial(repeat, amount) for amount in amounts)):
        pass
    return shared.balance


@contextmanager
def switching_every(seconds: float) -> Iterator[None]:
    """Ask the interpreter to let threads change turns so often while the block lasts."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(seconds)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
