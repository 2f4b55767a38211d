"""When a run ends, however it ends, the guardian ends what carries its mark, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from spec.suite.running import alive
from spec.suite.trials import ROOT
from spec.support.deadlines import wait_until
from spec.support.guardian import MARK

LEADER = """
import os, subprocess, sys
from spec.support.guardian import Guardian, mark_this_run

guardian = Guardian(mark_this_run(), sys.argv[1])
quiet = {"stdout": subprocess.DEVNULL, "start_new_session": True}
marked = subprocess.Popen(["sleep", "600"], **quiet)
unmarked = subprocess.Popen(["sleep", "600"], env={}, **quiet)
print(os.environ[sys.argv[2]], marked.pid, unmarked.pid, guardian._process.pid, flush=True)
sys.stdin.read()
"""


class Leader:
    """A process with a guardian, a child that carries its mark, and one that does not."""

    def __init__(self, folder, **environment):
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", LEADER, str(folder), MARK],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | environment,
            text=True,
        )
        self.mark, *pids = self.process.stdout.readline().split()
        self.marked, self.unmarked, self.guardian = map(int, pids)


@pytest.fixture
def leader(tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "left").touch()
    started = Leader(folder, **{MARK: f"outer-{uuid.uuid4().hex}"})
    yield started
    started.process.kill()
    started.process.communicate()
    if alive(started.unmarked):
        os.kill(started.unmarked, 9)


def test_the_guardian_ends_what_is_marked_and_nothing_else(leader):
    """At the end of its run the guardian kills what carries the mark, removes the run's folder, and ends."""
    assert alive(leader.marked)
    leader.process.kill()

    wait_until(lambda: not alive(leader.marked), "the end of what is marked")
    wait_until(lambda: not alive(leader.guardian), "the guardian's end")
    assert alive(leader.unmarked)
    assert not leader.folder.exists()


def test_the_guardian_waits_while_the_run_lives(leader):
    """While its run lives the guardian lets everything be, in a session of its own."""
    assert alive(leader.guardian)
    assert os.getsid(leader.guardian) == leader.guardian
    assert alive(leader.marked)
    assert leader.folder.exists()


def test_a_run_inside_a_run_carries_both_marks(leader):
    """A run inside a run adds its mark to the outer one's, so that either guardian finds its processes."""
    outer, _, inner = leader.mark.partition("/")

    assert outer.startswith("outer-")
    assert len(inner) == 32
    assert f"{MARK}={outer}/{inner}".encode() in Path(f"/proc/{leader.marked}/environ").read_bytes()


GRANDCHILD = """
import os, sys, tempfile
from pathlib import Path
from spec.support.guardian import Guardian, mark_this_run
from spec.support.turns import Turns

directory = tempfile.mkdtemp()
guardian, turns = Guardian(mark_this_run(), directory), Turns(Path(directory))
from spec.suite import targets
print(targets.fork_with_descriptors_and_again())
"""


def test_descriptors_of_grandchildren_are_their_own():
    """What a forked child lets go of, its own forked child does not close again under another meaning."""
    done = subprocess.run([sys.executable, "-c", GRANDCHILD], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("[]\n", "")


TIDIED = """
import subprocess, sys
from spec.support.guardian import Guardian, mark_this_run

guardian = Guardian(mark_this_run(), sys.argv[1])
tidy = "import pathlib, sys, time; sys.stdin.read(); time.sleep(0.2); pathlib.Path(sys.argv[1]).touch()"
subprocess.Popen([sys.executable, "-c", tidy, sys.argv[2], "resource_tracker"], stdin=subprocess.PIPE)
"""


def test_resource_trackers_may_tidy_up(tmp_path):
    """What tracks the resources of a run is let alone for as long as it takes to remove them."""
    tidied = tmp_path / "tidied"
    subprocess.run([sys.executable, "-c", TIDIED, str(tmp_path / "run"), str(tidied)], cwd=ROOT, check=True)

    wait_until(tidied.exists, "the end of tidying up")
