"""A thread takes the lock, then changes the variable as it likes, and gives the lock back in any case."""

from functools import partial
from itertools import chain

import pytest

from concurrency_lib.interleavings import Budget
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads
from spec.threads.account_locks import GIVES_BACK, TAKES, Locked, WatchedWithLock
from spec.threads.account_mistakes import never_given_back, read_too_early, written_too_late
from spec.threads.accounts import in_and_out, pay_in
from spec.threads.losses_shown import show_failure, show_orders
from spec.threads.lost_updates import every_order
from spec.threads.together import together

claim = Claim(
    zh="线程先取得锁，然后放心地修改变量，最后无论如何都要把锁交还。",
    decides={"lock.acquire-first-comment": (240, 246)},
    ruling=Holds(),
    needs=[has_threads],
)

PASSES = 5
ONE_PASS = [TAKES, "read", "write", "read", "write", GIVES_BACK]
FEW = Budget(schedules=200)  # more than there are, unless what is explored is broken


def in_order(account, amount, change=in_and_out):
    """Take the lock, change the balance, and give the lock back whatever happens."""
    account.lock.acquire()
    try:
        change(account, amount)
    finally:
        account.lock.release()


def pay_in_at_once(account, amount):
    """Add the amount under the lock, if that is to be had at once; return whether it was."""
    if got_it := account.lock.acquire(blocking=False):
        pay_in(account, amount)
        account.lock.release()
    return got_it


def fail(account, amount):
    """Add the amount, and fail before it is taken away."""
    pay_in(account, amount)
    raise ArithmeticError(amount)


by_the_book = in_order
outside = {"a read before the lock is taken": read_too_early, "a write after it is given back": written_too_late}
kept = never_given_back


def test_each_pass_is_a_section_of_its_own(evidence):
    """Pass by pass a thread takes the lock, reads and writes, and gives it back, with no step of the other within."""
    account = WatchedWithLock()

    def repeat(amount):
        for _ in range(PASSES):
            by_the_book(account, amount)

    with together(partial(repeat, 5), partial(repeat, 8), names=["changes by 5", "changes by 8"]):
        pass
    steps, length = account.steps, len(ONE_PASS)
    passes = [steps[at : at + length] for at in range(0, len(steps), length)]
    first_of_each = {one[0].thread: one for one in reversed(passes)}
    evidence.interleaving("the first pass of each of two real threads", [*chain(*first_of_each.values())])

    assert [[step.operation.partition(" balance")[0] for step in one] for one in passes] == 2 * PASSES * [ONE_PASS]
    assert all(len({step.thread for step in one}) == 1 for one in passes)
    assert not account.lock.locked()


@pytest.mark.parametrize("which", outside)
def test_what_lies_outside_is_not_protected(evidence, which):
    """Neither a read before the lock is taken is protected by it, nor a write after it is given back."""
    found = every_order(outside[which], account=Locked, swap=True, budget=FEW)
    show_orders(evidence, f"what is left, with {which}", found)
    show_failure(evidence, "the wrong order with the fewest switches", found.failure)

    assert found.exhausted
    assert 0 < found.failures < found.schedules


def test_lock_comes_back_from_a_change_that_fails(evidence):
    """The lock is given back by a thread whose change raises an exception, and the next thread takes it."""
    account = WatchedWithLock()
    with together(partial(by_the_book, account, 5, fail), names=["fails"]) as (failing,):
        error = failing.exception()
    with together(partial(pay_in_at_once, account, 8), names=["goes on"]) as (next_one,):
        got_the_lock = next_one.value()
    evidence.interleaving("a change that fails, and the next", account.steps)

    assert isinstance(error, ArithmeticError)
    assert got_the_lock
    assert account.balance == 13


def test_lock_that_is_kept_leaves_the_other_waiting(evidence):
    """If a thread keeps the lock after its change, the other waits for ever, in every order."""
    found = every_order(kept, account=Locked, swap=True, budget=FEW)
    show_failure(evidence, found.deadlock.says if found.deadlock else "nobody waits", found.deadlock)

    assert found.exhausted
    assert found.deadlocks == found.schedules == 2


@saboteur(caught_by=test_each_pass_is_a_section_of_its_own)
def lock_taken_after_the_change(patch):
    """The lock is taken and given back when the change has been made."""
    patch.here(by_the_book=lambda account, amount: (in_and_out(account, amount), in_order(account, 0, pay_in)))


@saboteur(caught_by=test_what_lies_outside_is_not_protected)
def reads_and_writes_all_inside(patch):
    """All reads and writes take place while the lock is held."""
    patch.here(outside=dict.fromkeys(outside, in_order))


@saboteur(caught_by=test_lock_comes_back_from_a_change_that_fails)
def lock_given_back_after_success_alone(patch):
    """The lock is given back when the change has succeeded, and else not."""

    def without_finally(account, amount, change):
        account.lock.acquire()
        change(account, amount)
        account.lock.release()

    patch.here(by_the_book=without_finally)


@saboteur(caught_by=test_lock_that_is_kept_leaves_the_other_waiting)
def lock_given_back_after_all(patch):
    """The lock is given back."""
    patch.here(kept=in_order)
