"""A run of a trial in the middle of an item that hangs, to be killed or interrupted."""

from __future__ import annotations

import os
import signal
import uuid
from contextlib import suppress
from pathlib import Path

from spec.suite.runs import Run
from spec.suite.trials import Trial
from spec.support.deadlines import wait_until

TOKEN = "TRIAL_TOKEN"
AT_MOST = 5  # seconds until nothing of a run that was ended is alive

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

    def wait_for_the_end(self):
        """Wait until no process of the run is alive."""
        wait_until(lambda: not self.left(), "the end of every process", within=AT_MOST)

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
