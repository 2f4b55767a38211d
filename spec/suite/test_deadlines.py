"""Waiting is for facts, within one generous deadline, and what did not come is named."""

from __future__ import annotations

import multiprocessing
import threading
import time
import tomllib
from contextlib import suppress

import pytest

from spec.suite.trials import ROOT
from spec.support.deadlines import (
    A_WHILE,
    GENEROUS,
    IMPATIENT,
    LEAST,
    LONG,
    a_while,
    arrives,
    deadline,
    ends,
    happens_in_a_while,
    impatience,
    patience,
    set_deadline,
    set_watch,
    wait_until,
)
from spec.support.outcomes import Overdue
from spec.support.sabotage import begun


def test_the_first_true_value_is_returned():
    """Waiting returns the fact's own value as soon as it is true."""
    values = iter([0, "", None, "here"])

    assert wait_until(lambda: next(values), "the value") == "here"


def test_a_fact_that_does_not_come_is_named():
    """A missed deadline says how long it was and what did not come, and shows every thread's stack."""
    done = threading.Event()
    idler = threading.Thread(target=done.wait, name="Idler")
    idler.start()
    try:
        with impatience(), pytest.raises(Overdue, match=f"^not within {IMPATIENT} s: the fact\n") as caught:
            wait_until(bool, "the fact")
    finally:
        done.set()
        idler.join()

    assert "-- Idler\n" in str(caught.value)
    assert "-- MainThread\n" in str(caught.value)
    assert "test_a_fact_that_does_not_come_is_named" in str(caught.value)


def test_a_missed_deadline_is_an_assertion_that_failed():
    """`Overdue` is an `AssertionError`, so that a runtime that hangs deviates."""
    assert issubclass(Overdue, AssertionError)


def test_what_arrives_is_received():
    """Receiving returns what was sent, and is overdue where nothing comes."""
    here, there = multiprocessing.Pipe()
    with here, there:
        there.send("news")

        assert arrives(here, "the news") == "news"
        with impatience(), pytest.raises(Overdue, match="the other news"):
            arrives(here, "the other news")


def test_what_ends_is_returned():
    """Waiting for a thread or process returns it when it has ended, and names it where it does not."""
    done = threading.Event()
    idler = threading.Thread(target=done.wait, name="Idler")
    idler.start()
    with impatience(), pytest.raises(Overdue, match="the end of Idler"):
        ends(idler)
    done.set()

    assert ends(idler) is idler


def test_impatience_is_undone():
    """The deadline is short inside, and generous again after any end."""
    within = []
    with suppress(LookupError), impatience():
        within.append(deadline())
        raise LookupError

    assert within == [IMPATIENT]
    assert deadline() == GENEROUS


@pytest.mark.parametrize(("took", "within"), [(None, IMPATIENT), (0.001, LEAST), (0.02, 0.06), (1.0, IMPATIENT)])
def test_patience_grows_with_what_a_requirement_took(took, within):
    """What hangs is given up after three times what it took unbroken, not at once, and never late."""
    assert patience(took) == pytest.approx(within)


def test_a_run_chooses_its_deadline():
    """A run may be more generous, or less, and impatience is never the longer of the two."""
    try:
        for chosen, impatient in ((60.0, IMPATIENT), (0.01, 0.01)):
            set_deadline(chosen)
            with impatience():
                assert deadline() == impatient
            assert deadline() == chosen
    finally:
        set_deadline(GENEROUS)


def test_a_while_is_short_and_as_long_as_it_takes_under_sabotage():
    """What is ruled out is watched for a moment, for as long as a run says, and under a saboteur for long."""
    asked = []

    assert not happens_in_a_while(lambda: asked.append("again"))
    assert asked
    try:
        set_watch(0.5)
        assert a_while() == 0.5
    finally:
        set_watch(A_WHILE)
    with begun():
        assert a_while() == LONG
        with impatience():
            assert a_while() == deadline() == IMPATIENT


def test_one_wait_may_have_its_own_limit():
    """A limit of its own replaces the deadline of one wait alone."""
    started = time.monotonic()

    with pytest.raises(Overdue):
        wait_until(bool, "the fact", within=0.01)

    assert time.monotonic() - started < GENEROUS / 2


def test_pytests_timeout_stands_behind_the_deadline():
    """A missed deadline is told in its own words, before faulthandler and then pytest-timeout come in."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]

    assert 2 * GENEROUS < float(settings["faulthandler_timeout"]) < float(settings["timeout"])
    assert settings["timeout_method"] == "signal"
