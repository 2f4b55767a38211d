"""A lock that all threads take before they change a variable keeps every change."""

from contextlib import suppress
from functools import partial
from math import factorial
from threading import Barrier, BrokenBarrierError

import pytest

from concurrency_lib.interleavings import Budget
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.support.deadlines import deadline, wait_until
from spec.threads import account_locks
from spec.threads.account_locks import locked
from spec.threads.accounts import SHORTEST_TURN, Hesitant, in_and_out, left_under_stress, pay_in
from spec.threads.losses_shown import show_failure, show_orders, with_losses
from spec.threads.lost_updates import every_order
from spec.threads.together import together

claim = Claim(
    zh="所有线程在修改变量之前都先取得同一把锁，就不会丢掉任何一次修改。",
    decides={"lock.use-threading-lock": 232},
    ruling=Holds(),
    needs=[has_threads],
)

PASSES, RUNS = 2_000, 3
FEW = Budget(schedules=20)  # more than there are, unless the lock is broken

Locked, WatchedWithLock = account_locks.Locked, account_locks.WatchedWithLock


def add_rounded(account, amount):
    """Add the amount, with a call between the read and the write."""
    account.balance = round(account.balance + amount)


def ask_meanwhile(account, amount, refused):
    """Ask for the lock while the other thread stands between its read and its write, and then wait for it."""
    wait_until(amount.balance_was_read.is_set, "the read that comes first")
    got_it = account.lock.acquire(blocking=False)
    refused.append(not got_it)
    amount.other_has_ended.set()
    if got_it:
        account.lock.release()
    locked(pay_in)(account, 8)


@pytest.mark.parametrize("amounts", [(5, 8), (5, 8, 13)], ids=["2 threads", "3 threads"])
def test_no_order_under_one_lock_loses(evidence, amounts):
    """Under one lock n threads can change the variable in n! orders, whole sections each, and none loses a change."""
    found = every_order(locked(in_and_out), amounts, account=Locked, swap=True, budget=FEW)
    show_orders(evidence, "what is left, order by order", found, amounts)
    show_failure(evidence, "an order that loses a change under the lock", found.failure)

    assert (found.schedules, found.failures, found.exhausted) == (factorial(len(amounts)), 0, True)


def test_nobody_enters_between_read_and_write(evidence):
    """A thread that stands between its read and its write has the lock, and another that asks for it is refused."""
    account, amount, refused = WatchedWithLock(), Hesitant(5), []
    with together(
        partial(locked(pay_in), account, amount),
        partial(ask_meanwhile, account, amount, refused),
        names=["adds 5", "adds 8"],
    ):
        pass
    evidence.interleaving("two real threads and one lock", with_losses(account.steps))

    assert refused == [True]
    assert account.balance == 13


def test_stress_under_the_lock_loses_nothing(evidence):
    """Real threads that are asked to change turns all the time lose nothing under the lock, with a call in between."""
    change = locked(add_rounded)
    sums = [left_under_stress(change, PASSES, SHORTEST_TURN, (1, 1), account=Locked) for _ in range(RUNS)]
    evidence.figures(f"sums of 2 × {PASSES} additions", {f"run {n}": total for n, total in enumerate(sums, 1)})

    assert sums == [2 * PASSES] * RUNS


@saboteur(caught_by=test_no_order_under_one_lock_loses)
def lock_for_each_pass(patch):
    """Every pass takes a lock of its own."""
    patch.here(Locked=account_locks.LockEach)


@saboteur(caught_by=test_nobody_enters_between_read_and_write)
def lock_that_keeps_nobody_out(patch):
    """Whoever asks for the lock is let in, held or not."""
    patch.here(WatchedWithLock=account_locks.WatchedOpenToAll)


@saboteur(caught_by=test_stress_under_the_lock_loses_nothing)
def lock_for_each_addition(patch):
    """Every addition takes a lock of its own, and the first two meet between reading and writing."""
    both_have_read, first_two = Barrier(2), [None, None]

    def add_together(account, amount):
        balance = account.balance
        if first_two:
            first_two.pop()
            with suppress(BrokenBarrierError):
                both_have_read.wait(deadline())
        account.balance = balance + amount

    patch.here(RUNS=1, Locked=account_locks.LockEach, add_rounded=add_together)
