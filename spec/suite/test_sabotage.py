"""Sabotage begins after the wide fixtures and before the narrow ones, reaches every child, and is undone."""

from __future__ import annotations

import pytest

from spec.suite.sabotaged_children import METHODS, children
from spec.suite.sabotaged_claims import CASES, HANGING, ORDER, UNDONE, UPHELD, WORLDS
from spec.suite.trials import REFUTED


@pytest.fixture(scope="module")
def run(trial):
    trial.claim("order", ORDER)
    trial.claim("undone", UNDONE)
    trial.claim("children", children())
    trial.claim("cases", CASES)
    trial.claim("denied", WORLDS, ruling=REFUTED)
    upheld = WORLDS.replace('"as the document has it"', '"whole"', 1)
    trial.claim("upheld", upheld, ruling=UPHELD)
    trial.claim("hanging", HANGING)
    return trial.run("--deselect", "trial/threads/test_order.py::test_it")


def test_sabotage_begins_between_wide_and_narrow_fixtures(run):
    """Fixtures of a session or a module never see sabotage; a function's own find it done."""
    assert "whole whole broken broken broken" in run.saboteur("order")["reason"]


def test_sabotage_is_undone(run):
    """After a saboteur's item the module, the library and the environment are as they were."""
    assert run.saboteur("undone")["outcome"] == "caught"
    assert run.verdicts["undone"] == "CONFIRMED"


@pytest.mark.parametrize("child", [*METHODS, "mp_context", "clean_room"])
def test_sabotage_reaches_children(child, run):
    """Sabotage reaches the children of every start method, of the run's own, and of the clean room."""
    assert "assert 'broken' == 'whole'" in run.saboteur("children", f"in_{child}")["reason"]


def test_children_are_whole_without_sabotage(run):
    """The children of a requirement that nobody sabotages are whole, before and after."""
    assert {each["outcome"] for each in run.claims["children"]["requirements"]} == {"confirmed"}


def test_a_saboteurs_copy_is_one_case(run):
    """Of a requirement with several cases a saboteur's item is a copy of the first alone."""
    assert [case["name"] for case in run.requirement("cases", "it")["cases"]] == ["by land", "by sea"]
    assert run.saboteur("cases")["outcome"] == "caught"
    assert run.output.count("test_cases.py") == 1
    assert "test_cases.py ..c" in run.output


@pytest.mark.parametrize(
    ("claim", "restoring", "breaking"),
    [("denied", "caught", "not applicable"), ("upheld", "not applicable", "caught")],
)
def test_the_word_is_sabotaged_against_its_ruling(claim, restoring, breaking, run):
    """Where the sentence is denied a saboteur restores it, and where it is upheld one breaks it."""
    assert run.saboteur(claim, "restoring")["outcome"] == restoring
    assert run.saboteur(claim, "breaking")["outcome"] == breaking
    assert run.saboteur(claim, "breaking_the_rest")["outcome"] == "caught"


def test_only_a_hanging_saboteur_is_given_little_time(run):
    """The deadline is short while a saboteur that hangs is at work, and generous otherwise."""
    assert run.requirement("hanging", "it")["outcome"] == "confirmed"
    assert run.saboteur("hanging")["outcome"] == "caught"
