"""Signals that a run was started to ignore are ignored by it, and not by the programs that it starts."""

import signal
import subprocess
import sys

from spec.suite.trials import ROOT

TELL = "import signal; print(signal.getsignal(signal.SIGHUP).name, signal.getsignal(signal.SIGINT).__class__.__name__)"
RUN = f"""
import os, signal, subprocess, sys
from spec.support.dispositions import ignore_alone
ignore_alone()
os.kill(os.getpid(), signal.SIGHUP)
os.kill(os.getpid(), signal.SIGINT)
subprocess.run([sys.executable, "-c", {TELL!r}], check=True)
"""


def test_what_is_ignored_is_ignored_alone():
    """A run under nohup outlives a hang-up and an interrupt, and what it starts would not."""
    shell = f"trap '' HUP INT; exec {sys.executable} -c '{RUN.replace(chr(39), chr(34) * 3)}'"

    done = subprocess.run(["sh", "-c", shell], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.stdout.split(), done.returncode) == (["SIG_DFL", "builtin_function_or_method"], 0), done.stderr


def test_what_is_not_ignored_stays_as_it_is():
    """A run at a terminal is interrupted as ever."""
    done = subprocess.run([sys.executable, "-c", RUN], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == -signal.SIGHUP
