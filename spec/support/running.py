"""The life of one item, from what it needs to what its end says."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest

from spec.support.collecting import SaboteurItem, claim_at
from spec.support.garbage import spare_now_and_then
from spec.support.telling import judge, tell
from spec.support.turns import Turns
from spec.support.world import HELD, TOOK

TURNS = pytest.StashKey[Turns]()
PROCESS = pytest.StashKey[int]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run alone what others would disturb; what a saboteur changes shows on a busy machine as well."""
    spare_now_and_then()
    try:
        alone = hasattr(getattr(item, "function", None), "alone") and not isinstance(item, SaboteurItem)
        with item.config.stash[TURNS].turn(alone=alone):
            return (yield)
    finally:
        _end_unless_this_is_pytest(item.config)


def _end_unless_this_is_pytest(config: pytest.Config) -> None:
    """End a forked child that comes back from its item: the rest of the run is its parent's."""
    if os.getpid() != config.stash[PROCESS]:
        os._exit(70)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, with the probe's reason, what this runtime cannot do."""
    claim = claim_at(item)
    needs = [*(claim.needs if claim else ()), *getattr(getattr(item, "function", None), "needs", ())]
    for condition in needs:
        if not condition.holds:
            pytest.skip(condition.reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Turn the end of a claim's call phase into a judgement; other phases stay what they are."""
    _end_unless_this_is_pytest(item.config)
    claim = claim_at(item) if call.when == "call" else None
    error = call.excinfo.value if call.excinfo else None
    if call.when == "call":
        item.stash[HELD] = error is None
        _note_what_it_took(item, call.duration)
    if claim is None or isinstance(error, pytest.skip.Exception):
        return (yield)
    judgement = judge(item, claim, error)
    if isinstance(item, SaboteurItem):
        item.caught = judgement.kind == "caught"
    report = yield
    tell(item, report, judgement)
    return report


def _note_what_it_took(item: pytest.Item, seconds: float) -> None:
    """Remember the longest of a requirement's cases: it says how soon a saboteur of it may be held to hang."""
    if item.stash[HELD] and not isinstance(item, SaboteurItem) and isinstance(item, pytest.Function):
        took = item.config.stash[TOOK]
        took[item.function] = max(seconds, took.get(item.function, 0.0))
