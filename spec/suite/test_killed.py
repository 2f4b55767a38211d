"""A run that is killed leaves whole files and no process; an interrupted one ends with a partial report."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import uuid
from contextlib import suppress
from pathlib import Path

import pytest

from spec.suite.trials import ROOT, Run, Trial
from spec.support.deadlines import wait_until

TOKEN = "TRIAL_TOKEN"
AT_MOST = 5  # seconds until nothing of a killed run is alive

PASSES = '''
def test_passes():
    """{name}: it passes."""
    assert THING == "whole"
'''

HANGS = '''
import signal
import subprocess
import time
from pathlib import Path
from spec.suite import targets


def fork_a_child_that_stays():
    child = os.fork()
    while child == 0:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        time.sleep(60)
    return child


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("way", ["ends", "hangs"])
def test_hangs(way, mp_context):
    """{name}: it ends, whichever way."""
    assert THING == "whole"
    if way == "ends":
        return
    here, there = mp_context.Pipe(duplex=False)
    child = mp_context.Process(target=targets.stay, args=(there,))
    child.start()
    bare = fork_a_child_that_stays()
    Path("new").write_text(f"{os.getpid()} {here.recv()} {bare}")
    Path("new").rename("pids")
    while not Path("go").exists():
        subprocess.run(["sleep", "0.05"], start_new_session=True)
    os.kill(bare, signal.SIGKILL)
    os.waitpid(bare, 0)
    child.kill()
    child.join()
    child.close()
    here.close()
    there.close()
'''


def alive(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def carries(pid, token):
    with suppress(OSError):
        return token.encode() in Path(f"/proc/{pid}/environ").read_bytes()
    return False


class Running:
    """A run in the middle of an item that hangs, with children of every kind."""

    def __init__(self, folder, *arguments):
        self.trial = Trial(folder)
        self.trial.claim("a_done", PASSES, line=200)
        self.trial.claim("hanging", HANGS, line=201)
        self.whole = self.trial.write("reports/conformance.json", "the last whole record")
        self.token = uuid.uuid4().hex
        self.process = self.trial.start(*arguments, **{TOKEN: self.token})
        wait_until((folder / "pids").exists, "the item that hangs")
        wait_until(
            lambda: self.journal.read_text().count('"item": "trial/threads/test_a_done.py') == 2,
            "its neighbours",
        )
        self.pids = [int(pid) for pid in (folder / "pids").read_text().split()]

    @property
    def journal(self):
        (path,) = (self.trial.folder / "reports").glob("journal-*.jsonl")
        return path

    def left(self):
        """Every process of the run that is alive."""
        marked = [int(path.name) for path in Path("/proc").glob("[0-9]*") if carries(path.name, self.token)]
        return [pid for pid in {*marked, *self.pids} if alive(pid)]

    def kill(self):
        """Kill the process that leads the run, and no other."""
        self.process.kill()
        self.process.communicate(timeout=30)

    def interrupt(self):
        """Interrupt every process, as a terminal does; workers do not listen, and may end their items."""
        os.killpg(self.process.pid, signal.SIGINT)
        (self.trial.folder / "go").touch()
        output, _ = self.process.communicate(timeout=30)
        return Run(self.trial.folder, self.process.returncode, output)


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
    wait_until(lambda: not killed.left(), "the end of every process", within=AT_MOST)


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
        "a_done"
        not in (killed.trial.folder / "reports/partial.html")
        .read_text(encoding="utf-8")
        .partition("<main")[0]
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


@pytest.mark.parametrize("arguments", [[], ["-n", "2"]], ids=["serially", "two workers"])
def test_an_interrupted_run_ends_with_a_partial_report(arguments, tmp_path):
    """An interrupted run reports what had ended, partially, and leaves neither process nor journal."""
    running = Running(tmp_path, *arguments)
    run = running.interrupt()

    assert run.verdicts == {"a-done": "CONFIRMED", "hanging": "NOT RUN"}
    assert run.record["run"]["partial"] is True
    assert run.status == pytest.ExitCode.INTERRUPTED
    assert running.whole.read_text() == "the last whole record"
    assert not list(running.whole.parent.glob("journal*"))
    assert "INTERNALERROR" not in run.output
    assert "UnraisableException" not in run.output
    wait_until(lambda: not running.left(), "the end of every process", within=AT_MOST)


def test_a_journal_says_when_things_ended(killed):
    """A journal is ASCII JSON, a line for each thing observed, in the order of their ends."""
    lines = [
        json.loads(line)
        for line in killed.journal.read_text(encoding="ascii").splitlines()
        if line.endswith("}")
    ]
    after = [line["after"] for line in lines[1:]]

    assert list(lines[0]) == ["run", "root", "claims"]
    assert after == sorted(after)
