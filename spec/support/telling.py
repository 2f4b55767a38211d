"""How an item's call phase is judged, and how that travels with pytest's report to the book."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any

import pytest

from spec.support.claims import Claim
from spec.support.collecting import SaboteurItem
from spec.support.judging import Judgement, judge_requirement, judge_saboteur
from spec.support.world import EVIDENCE

TOLD = "spec"  # the user property; ASCII JSON, because nothing else survives the way from a worker


def judge(item: pytest.Item, claim: Claim, error: BaseException | None) -> Judgement:
    """Judge how an item's call phase ended."""
    word = getattr(getattr(item, "function", None), "documents_word", None)
    holds = claim.ruling is None or claim.ruling.holds_here
    if isinstance(item, SaboteurItem):
        return judge_saboteur(error, item.saboteur, word, sentence_holds=holds)
    return judge_requirement(error, word, sentence_holds=holds)


def tell(item: pytest.Item, report: pytest.TestReport, judgement: Judgement) -> None:
    """Make pytest's report say what was judged, and carry the evidence."""
    failed_before = report.failed
    report.outcome = judgement.outcome
    if report.skipped:
        report.longrepr = (str(item.path), 0, judgement.reason)
    elif report.passed:
        report.longrepr = None
    elif not failed_before or judgement.fault:
        report.longrepr = f"{item.name}: {judgement.fault or judgement.kind}: {judgement.reason}"
    shown = item.stash.get(EVIDENCE, None)
    told = {**vars(judgement), "evidence": json.loads(shown.as_json()) if shown else []}
    report.user_properties.append((TOLD, json.dumps(told)))


def told_by(report: pytest.TestReport) -> dict[str, Any]:
    """Return the judgement that travels with a report; empty where there is none."""
    told: dict[str, Any] = json.loads(str(dict(report.user_properties).get(TOLD, "{}")))
    return told


def phase_fault(report: pytest.TestReport) -> str:
    """Name the kind of fault that a failed phase is; a leak is found in the last."""
    if "left behind: " in report.longreprtext and report.when == "teardown":
        return "leak"
    return {"setup": "set-up", "teardown": "tear-down"}.get(str(report.when), "crash")


def skip_reason(report: pytest.TestReport) -> str:
    """Return why an item was skipped, in the words of whoever skipped it."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
    return str(encodable(str(reason).removeprefix("Skipped: ")))


def last_line(report: pytest.TestReport) -> str:
    """Return the last line of what a report shows, which names the exception."""
    return (report.longreprtext.strip().splitlines() or [""])[-1]


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """Keep what a worker reports fit for the way."""
    return encodable((yield))


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Count in the suite's own words what pytest would call passed or skipped."""
    kind = told_by(report).get("kind") if report.when == "call" else None
    return {
        "caught": ("saboteurs caught", "c", "CAUGHT"),
        "corrected": ("corrected", "w", "CORRECTED"),
        "inconclusive": ("inconclusive", "i", "INCONCLUSIVE"),
        "not applicable": ("not applicable", "n", "NOT APPLICABLE"),
    }.get(str(kind))


def encodable(data: Any) -> Any:
    """Return a report's data with lone surrogates written out: the way from a worker is UTF-8."""
    if isinstance(data, str):
        return data.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(data, dict):
        return {encodable(key): encodable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return type(data)(map(encodable, data))
    return data
