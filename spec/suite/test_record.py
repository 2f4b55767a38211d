"""The run record is valid, complete and the same however it was made."""

from __future__ import annotations

import json
from pathlib import Path

import fastjsonschema
import pytest

from spec.suite.recorded_claims import write_claims
from spec.suite.strange_claim import write_strange_claim
from spec.support.records import VERDICTS

SCHEMA = Path(__file__).parents[1] / "support" / "record.schema.json"


@pytest.fixture(scope="module")
def serially(trial):
    write_strange_claim(trial)
    write_claims(trial)
    return trial.run()


@pytest.fixture(scope="module")
def on_two_workers(serially, trial):
    return trial.run("-n", "2")


@pytest.fixture(params=["serially", "on_two_workers"])
def run(request):
    return request.getfixturevalue(request.param)


def without_times(value):
    if isinstance(value, dict):
        return {name: without_times(part) for name, part in value.items() if name != "seconds"}
    return [without_times(part) for part in value] if isinstance(value, list) else value


def test_the_record_follows_its_schema(run):
    """A record with every verdict, ruling and kind of evidence is valid under the committed schema."""
    fastjsonschema.compile(json.loads(SCHEMA.read_text(encoding="utf-8")))(run.record)


def test_the_record_is_strict_ascii_json(run):
    """The record's file is ASCII and JSON to the letter, which knows neither NaN nor infinity."""
    text = (run.folder / "reports" / "conformance.json").read_bytes().decode("ascii")

    json.loads(text, parse_constant=pytest.fail)


def test_claims_are_in_the_documents_order(run):
    """Claims are listed by their first line, and by their id where they share it."""
    keys = [(claim["assertions"][0]["lines"], claim["id"]) for claim in run.record["claims"]]

    assert keys == sorted(keys)
    assert len(keys) == 11


def test_totals_count_the_verdicts(run):
    """The totals count every claim once, and name the verdicts that no claim has."""
    assert list(run.record["totals"]) == list(VERDICTS)
    assert run.record["totals"] == {verdict: list(run.verdicts.values()).count(verdict) for verdict in VERDICTS}


def test_records_are_equal_however_they_were_made(serially, on_two_workers):
    """But for times and for the command, a run on two workers records what a serial run records."""
    first, second = (without_times(run.record) for run in (serially, on_two_workers))
    for record in (first, second):
        record["faults"] = {(fault["kind"], fault["where"]) for fault in record["faults"]}
        record["run"] = {name: value for name, value in record["run"].items() if name not in ("command", "started")}

    assert first["claims"] == second["claims"]
    assert first["faults"] == second["faults"]
    assert first["run"] == second["run"]


def test_a_whole_run_is_kept_under_its_runtimes_name(run):
    """A whole run's record is kept under the name of its runtime, start method and machine, too."""
    kept = run.folder / "reports" / "runs" / f"{run.record['run']['id']}.json"

    assert kept.read_bytes() == (run.folder / "reports" / "conformance.json").read_bytes()
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_nothing_but_records_and_pages_is_left(run):
    """After a run that ended there is no journal, nor a half-written file."""
    assert sorted(path.name for path in (run.folder / "reports").iterdir()) == [
        "conformance.html",
        "conformance.json",
        "runs",
    ]
