"""Workers that may come to wait in a circle for modelled locks, and the circles as the explorer tells them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from concurrency_lib import locks
from concurrency_lib.interleavings import Failure, Lock
from spec.support.evidence import Evidence


def two_locks() -> SimpleNamespace:
    """Make two modelled locks."""
    return SimpleNamespace(left=Lock(), right=Lock())


def left_first(state: Any) -> None:
    """Take the left lock, then the right one."""
    state.left.acquire()
    state.right.acquire()
    state.right.release()
    state.left.release()


def right_first(state: Any) -> None:
    """Take the right lock, then the left one."""
    state.right.acquire()
    state.left.acquire()
    state.left.release()
    state.right.release()


def around_a_table(number: int, take: Callable[..., Any]) -> list[Callable[[Any], None]]:
    """Make so many workers, of whom each takes the lock at its left and the one at its right."""

    def seated_at(seat: int) -> Callable[[Any], None]:
        def dine(state: Any) -> None:
            with take(state.locks[seat], state.locks[(seat + 1) % number]):
                pass

        return dine

    return [seated_at(seat) for seat in range(number)]


def table_for(number: int) -> Callable[[], SimpleNamespace]:
    """Lay so many locks."""
    return lambda: SimpleNamespace(locks=[Lock() for _ in range(number)])


def told(failure: Failure) -> dict[str, str]:
    """Return of each thread in a deadlock what it waits for, where, and who has that."""
    return {
        wait.worker: f"waits at {Path(wait.where).name} for {wait.primitive}, held by {' and '.join(wait.owners)}"
        for wait in failure.waits
    }


def cycle_of(failure: Failure) -> list[tuple[str, Sequence[str]]]:
    """Return who waits for whom, in the order of the circle."""
    return [(wait.worker, wait.owners) for wait in failure.waits]


def two_accounts() -> SimpleNamespace:
    """Make two guarded values of a hundred each."""
    return SimpleNamespace(ours=locks.Guarded(100), theirs=locks.Guarded(100))


def transfer(amount: int, *ways: str) -> Callable[[Any], None]:
    """Make a worker that moves an amount from the first account to the second, both opened through the library."""

    def move(state: Any) -> None:
        accounts = [getattr(state, way) for way in ways]
        with locks.open_together(*accounts, key=str) as (source, target):
            source.value -= amount
            target.value += amount

    return move


def show_cycle(evidence: Evidence, failure: Failure) -> None:
    """Show of each thread in a deadlock what it waits for."""
    evidence.figures("who waits for whom", told(failure))
