"""Threads that change one variable at the same time can lose each other's changes."""

import pytest
from hypothesis.strategies import integers

from spec.support import Claim, Holds, Inconclusive, measured, needs, saboteur
from spec.support.capabilities import has_threads, no_gil, several_cores
from spec.support.evidence import Outcome
from spec.support.properties import for_any
from spec.threads import accounts
from spec.threads.accounts import (
    SHORTEST_TURN,
    Watched,
    in_and_nearly_out,
    in_and_out,
    in_and_out_rounded,
    left_under_stress,
    overtaken,
)
from spec.threads.losses_shown import show_failure, show_failure_of_stretches, show_orders, with_losses
from spec.threads.lost_updates import balances_by_arithmetic, every_order, hands_the_gil_on

claim = Claim(
    zh="几个线程同时修改同一个变量，可能会丢掉彼此的修改。",
    decides={"lock.concurrent-change-corrupts": 230},
    ruling=Holds(
        because="the language permits it, as every order of the steps shows; since 3.10 a GIL hides it where no call "
        "stands between a read and the write that follows, for it is handed on only at calls and where loops go back; "
        "so a run that ends well proves nothing",
    ),
    needs=[has_threads],
)

PASSES, RUNS = 60_000, 3
TURNS = [0.005, SHORTEST_TURN]  # in seconds: the default, and the least
MOST = (5 + 8) * PASSES  # what is left when every sum of one sign counts, and none of the other

pay_in = accounts.pay_in
plain, with_a_call = in_and_out, in_and_out_rounded
orders = every_order


def test_a_write_from_an_old_read_undoes_a_change(evidence):
    """A thread that writes what it computed from an old read undoes what another has added since."""
    account = Watched()
    overtaken(pay_in, account, 5, 8)
    evidence.interleaving("two real threads, one held between its read and its write", with_losses(account.steps))

    assert account.balance == 5


def test_language_permits_18_of_34_orders_to_lose(evidence):
    """Two threads that add and take away once can do so in 34 orders, of which 18 leave something behind."""
    found = orders(plain)
    show_orders(evidence, "what is left, order by order", found)
    show_failure(evidence, "the wrong order with the fewest switches", found.failure)

    assert (found.schedules, found.failures, found.exhausted) == (34, 18, True)


def test_orders_leave_what_arithmetic_says():
    """For any two amounts, what all the orders leave is what doing the sums by hand leaves."""

    @for_any(integers(1, 99), integers(1, 99), examples=4)
    def as_by_hand(one, other):
        found = orders(plain, (one, other))

        assert found.exhausted
        assert found.outcomes == balances_by_arithmetic((one, -one), (other, -other))


@needs(hands_the_gil_on)
def test_no_order_loses_where_the_gil_changes_hands(evidence):
    """While the GIL is handed on at its poll points alone, adding and taking away loses nothing in any order."""
    found = orders(plain, granularity="polls")
    show_orders(evidence, "what is left, where the GIL changes hands between statements", found)

    assert found.exhausted
    assert set(found.outcomes) == {0}


@needs(hands_the_gil_on)
def test_a_call_in_between_loses_under_the_gil(evidence):
    """With a call between the read and the write the GIL is handed on there, and some orders lose a change."""
    found = orders(with_a_call, granularity="polls")
    show_orders(evidence, "what is left, where the GIL changes hands at a call as well", found)
    show_failure_of_stretches(evidence, "a wrong order, each step from one poll point to the next", found.failure)

    assert found.exhausted
    assert set(found.outcomes) == {0, 5, 8}


@measured
@needs(no_gil, several_cores)
def test_plain_statements_lose_without_a_gil(evidence):
    """Without a GIL the plain statements lose changes on real threads as well, with no call in between."""
    left = [left_under_stress(plain, PASSES, 0.005)]
    while not left[-1] and len(left) < 20:
        left.append(left_under_stress(plain, PASSES, 0.005))
    evidence.figures("real threads without a GIL", {"runs until a change was lost": len(left), "left": left[-1]})

    if not any(left):
        raise Inconclusive(f"nothing was lost in {len(left)} runs of 2 × {PASSES} passes")


@pytest.mark.parametrize("change", [lambda: plain, lambda: with_a_call], ids=["plain statements", "a call in between"])
def test_stress_leaves_what_some_order_leaves(evidence, change):
    """Under stress real threads leave the account within what some order of their steps can leave."""
    for turn in TURNS:
        left = [left_under_stress(change(), PASSES, turn) for _ in range(RUNS)]
        evidence.tally(f"real threads asked for turns of {1e6 * turn:g} µs: 2 × {PASSES} passes", seen(left))

        assert all(abs(balance) <= MOST for balance in left)


def seen(left):
    """Count the runs that lost nothing, that lost something, and that no order explains."""
    beyond = sum(abs(balance) > MOST for balance in left)
    return [
        Outcome("0", left.count(0), "acceptable", "no change was seen to be lost, which proves nothing"),
        Outcome("not 0", len(left) - left.count(0) - beyond, "interesting", "a change was lost"),
        Outcome("beyond", beyond, "forbidden", "more than all that was ever added"),
    ]


@saboteur(caught_by=test_a_write_from_an_old_read_undoes_a_change)
def reading_that_comes_last(patch):
    """The balance is read when the sum is to be written, and not before."""
    patch.here(pay_in=lambda account, amount: accounts.pay_in(account, 0 + amount))


@saboteur(caught_by=test_language_permits_18_of_34_orders_to_lose)
def adding_and_taking_away_at_once(patch):
    """What is added is taken away again within one statement."""
    patch.here(plain=lambda account, amount: accounts.pay_in(account, amount - amount))


@saboteur(caught_by=test_orders_leave_what_arithmetic_says)
def taking_away_too_little(patch):
    """One less is taken away than was added."""
    patch.here(plain=in_and_nearly_out)


@saboteur(caught_by=test_no_order_loses_where_the_gil_changes_hands)
def call_where_there_was_none(patch):
    """A call stands between the read and the write."""
    patch.here(plain=in_and_out_rounded)


@saboteur(caught_by=test_a_call_in_between_loses_under_the_gil)
def no_call_where_there_was_one(patch):
    """Nothing stands between the read and the write."""
    patch.here(with_a_call=in_and_out)


@saboteur(caught_by=test_stress_leaves_what_some_order_leaves)
def amounts_that_grow(patch):
    """A million times the amount is added, and nothing taken away."""
    patch.here(PASSES=100, RUNS=1, plain=lambda account, amount: accounts.pay_in(account, 10**6 * amount))
