"""Each verdict arises when it should, and only then."""

from __future__ import annotations

import pytest

from spec.suite.judged_claims import CASES


@pytest.fixture(scope="module")
def serially(trial):
    for name, case in CASES.items():
        trial.claim(name, case.body, ruling=case.ruling, needs=case.needs)
    return trial.run()


@pytest.fixture(scope="module")
def on_two_workers(serially, trial):
    return trial.run("-n", "2")


@pytest.mark.parametrize("name", CASES)
def test_a_verdict_follows_from_how_the_items_ended(name, serially):
    """A claim's verdict follows from how its requirements and saboteurs ended, and has its reason."""
    claim = serially.claims[name.replace("_", "-")]

    assert claim["verdict"] == CASES[name].verdict, claim
    assert CASES[name].reason in claim["reason"]


def test_verdicts_are_the_same_on_several_workers(serially, on_two_workers):
    """A run on two workers comes to the same verdicts and reasons as a run on none."""
    told = [
        {name: (claim["verdict"], claim["reason"]) for name, claim in run.claims.items()}
        for run in (serially, on_two_workers)
    ]

    assert told[0] == told[1]
