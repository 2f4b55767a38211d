"""A run that is killed leaves whole files, a journal that can be told, and no process."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from spec.suite.running import Running
from spec.suite.runs import Run
from spec.suite.trials import ROOT

WAYS = {
    "fork": ["--start-method", "fork"],
    "forkserver": ["--start-method", "forkserver"],
    "spawn": ["--start-method", "spawn"],
    "two workers": ["-n", "2"],
}


@pytest.fixture(scope="module", params=WAYS)
def killed(request, tmp_path_factory):
    running = Running(tmp_path_factory.mktemp("killed"), *WAYS[request.param])
    assert set(running.pids) <= set(running.left())
    running.kill()
    return running


def test_nothing_of_a_killed_run_stays_alive(killed):
    """Five seconds after pytest was killed none of its workers, children, servers and forks is alive."""
    killed.wait_for_the_end()


def test_a_killed_run_leaves_the_last_whole_record(killed):
    """A run that is killed does not touch the record of the last whole run, and leaves no half of its own."""
    assert killed.whole.read_text() == "the last whole record"
    assert {path.name for path in killed.whole.parent.iterdir()} - {"partial.json", "partial.html"} == {
        "conformance.json",
        killed.journal.name,
    }


def recover(journal, *, cwd):
    command = [sys.executable, "-m", "spec.support.journal", str(journal)]
    return subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_killed_runs_journal_becomes_a_partial_record(killed):
    """What had ended when the run was killed is told by a partial record; what had not was not run."""
    with killed.journal.open("a") as file:
        file.write('{"item": "trial/threads/test_hang')  # as far as the killed run came with its last line
    done = recover(killed.journal, cwd=killed.trial.folder)
    run = Run(killed.trial.folder, done.returncode, done.stdout)

    assert done.stdout == f"report: {killed.trial.folder}/reports/partial.html\n", done.stderr
    assert run.verdicts == {"a-done": "CONFIRMED", "hanging": "NOT RUN"}
    assert [case["outcome"] for case in run.requirement("hanging", "hangs")["cases"]] == [
        "confirmed",
        "not run",
    ]
    assert run.record["run"]["partial"] is True
    assert (
        "a_done" not in (killed.trial.folder / "reports/partial.html").read_text(encoding="utf-8").partition("<main")[0]
    )


@pytest.mark.parametrize("text", [None, "", "no journal\n"], ids=["missing", "empty", "other text"])
def test_what_is_no_journal_is_refused_in_one_line(text, tmp_path):
    """The command that reads a journal says in one line what it cannot read, and ends with status two."""
    journal = tmp_path / "journal.jsonl"
    if text is not None:
        journal.write_text(text)
    done = recover(journal, cwd=ROOT)

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.glob("partial*"))


def test_a_journal_says_when_things_ended(killed):
    """A journal is ASCII JSON, a line for each thing observed, in the order of their ends."""
    lines = [json.loads(line) for line in killed.journal.read_text(encoding="ascii").splitlines() if line.endswith("}")]
    after = [line["after"] for line in lines[1:]]

    assert list(lines[0]) == ["run", "root", "claims"]
    assert after == sorted(after)
