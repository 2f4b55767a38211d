"""The run record is valid, and whatever text a runtime came up with arrives in it and is shown."""

from __future__ import annotations

import html
import json
from pathlib import Path

import fastjsonschema
import pytest

from spec.report.visible import visible
from spec.suite.trials import CORRECTED, REFUTED
from spec.support.records import VERDICTS

SCHEMA = Path(__file__).parents[1] / "support" / "record.schema.json"

STRANGE = "<script>alert('x')</script> \"double\" &amp; nul\x00 esc\x1b[31m bell\x07 lone\ud800 更多 ｜ \u2028end"

EVIDENCE = '''
from spec.support.evidence import Axis, Event, Lane, Line, Outcome, Span, Step

STRANGE = {strange}


def test_shows(evidence):
    """{name}: <script>alert("a sentence")</script> is shown."""
    numbers = {{"figure": 1.5, "none": float("nan"), "all": float("inf")}}
    evidence.figures(STRANGE, {{STRANGE: (STRANGE, STRANGE), **numbers}})
    evidence.timeline(STRANGE, [Lane(STRANGE, [Span(STRANGE, 0, 1)], [Event(STRANGE, 0.5)])], STRANGE)
    evidence.tally(STRANGE, [Outcome(STRANGE, 3, "acceptable", STRANGE)])
    evidence.interleaving(STRANGE, [Step(STRANGE, STRANGE, STRANGE, STRANGE)])
    evidence.transcript(STRANGE, STRANGE, STRANGE, STRANGE)
    evidence.series(STRANGE, Axis(STRANGE, STRANGE), Axis(STRANGE), [Line(STRANGE, [(0, 1), (1, 2)])])
    assert THING == "whole"


def test_fails():
    """{name}: a strange text fails."""
    raise AssertionError(STRANGE)


@pytest.mark.parametrize("text", [STRANGE, "[in brackets]", ""])
def test_each(text):
    """{name}: every text has a case."""
    print("<b>", file=sys.stderr)


def test_skips():
    """{name}: a strange text is a reason."""
    pytest.skip(STRANGE)
'''

PASSES = '''
def test_passes():
    """{name}: it passes."""
    assert THING == "whole"
'''

WORD = '''
@documents_word()
def test_word():
    """{name}: it is so."""
    assert THING == "so"
'''


@pytest.fixture(scope="module")
def serially(trial):
    trial.claim("strange", EVIDENCE.format(strange=ascii(STRANGE), name="strange"), line=210)
    trial.claim("earlier", PASSES, line=202)
    trial.claim("and_earlier", PASSES, line=202, ruling=f"HoldsIf(condition='it rains', {CORRECTED})")
    trial.claim("corrected", PASSES + WORD, ruling=REFUTED, line=201)
    trial.claim(
        "outdated",
        PASSES + WORD,
        ruling=f"Outdated(since='3.9', condition=Condition('old', lambda: 'no'), {CORRECTED})",
    )
    trial.claim("opinion", PASSES, ruling="Opinion(because='taste')", line=220)
    trial.claim("unable", PASSES, needs="Condition('it can', lambda: 'it cannot')", line=230)
    trial.claim("faulty", PASSES.replace("()", "(no_such_fixture)"), line=240)
    trial.claim("open", PASSES + 'def test_open():\n    """{name}: open."""\n    raise Inconclusive("open")', line=250)
    trial.claim(
        "uncaught",
        PASSES + '@saboteur(caught_by=test_passes)\ndef idle(patch):\n    """Nothing is broken."""',
        line=260,
    )
    saboteur = '@saboteur(caught_by=test_open)\ndef idle(patch):\n    """Nothing is broken."""'
    trial.claim(
        "open_saboteur",
        'def test_open():\n    """{name}: open."""\n    raise Inconclusive("open")\n' + saboteur,
        line=270,
    )
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


def texts(value):
    if isinstance(value, dict | list):
        return [text for part in (value.values() if isinstance(value, dict) else value) for text in texts(part)]
    return [value]


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


def test_strange_text_arrives_unchanged(run):
    """Markup, quotes, control characters and lone surrogates are in the record as they were shown."""
    evidence = run.requirement("strange", "shows")["cases"][0]["evidence"]

    assert texts(evidence).count(STRANGE) == 27
    assert {item["kind"] for item in evidence} == {
        "figures",
        "timeline",
        "tally",
        "interleaving",
        "transcript",
        "series",
    }


def test_figures_that_are_no_numbers_are_words(run):
    """A figure that is not finite is in the record as a word."""
    rows = run.requirement("strange", "shows")["cases"][0]["evidence"][0]["rows"]

    assert [row["value"] for row in rows] == [STRANGE, 1.5, "nan", "inf"]


def test_a_reason_with_strange_text_ends_no_worker(run):
    """An assertion or a skip whose text UTF-8 cannot carry is told all the same, if need be written out."""
    assert visible(run.requirement("strange", "fails")["reason"]).startswith(
        visible("AssertionError: " + STRANGE.partition(" \u2028")[0])
    )
    assert visible(run.requirement("strange", "skips")["reason"]) == visible(STRANGE)
    assert run.claims["strange"]["verdict"] == "DEVIATES"


def test_every_case_has_its_own_name(run):
    """Cases keep the names that they have between pytest's brackets, brackets of their own included."""
    names = [case["name"] for case in run.requirement("strange", "each")["cases"]]

    assert len(names) == 3
    assert names[1:] == ["[in brackets]", ""]


def test_the_page_shows_strange_text_and_does_not_obey_it(run):
    """The page has the text escaped, adds no script of its, and is UTF-8."""
    page = (run.folder / "reports" / "conformance.html").read_text(encoding="utf-8")

    assert "<script>alert" not in page
    assert (
        html.escape(visible(STRANGE)) in page
        or html.escape(visible(STRANGE)).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
    )


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
