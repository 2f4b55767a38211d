"""Changes of an account that take its lock, and are not protected by it as they should be."""

from __future__ import annotations

from typing import Any

from spec.threads.accounts import in_and_out


def read_too_early(account: Any, amount: Any) -> None:
    """Read before the lock is taken, and write under it."""
    balance = account.balance
    with account.lock:
        account.balance = balance + amount
        account.balance = account.balance - amount


def written_too_late(account: Any, amount: Any) -> None:
    """Read under the lock, and write when it has been given back."""
    with account.lock:
        account.balance = account.balance + amount
        balance = account.balance
    account.balance = balance - amount


def never_given_back(account: Any, amount: Any) -> None:
    """Take the lock, change the balance, and keep the lock."""
    account.lock.acquire()
    in_and_out(account, amount)
