"""What a runtime can do, found out by trying: a name in a module proves nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from spec.support.rulings import Condition
from spec.support.runtime import gil_enabled, usable_cores


def refusal_of(program: str) -> str:
    """Run a few lines in an interpreter of their own; return the last line of the error, empty where none."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", program],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{type(error).__name__}: {error}"
    if done.returncode == 0:
        return ""
    return (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]


def _pinning() -> str:
    try:
        os.sched_setaffinity(0, os.sched_getaffinity(0))
    except (AttributeError, OSError) as error:
        return f"os.sched_setaffinity: {error}"
    return ""


def _proc() -> str:
    return "" if Path("/proc/self/task").is_dir() else "no /proc/self/task"


def _several_cores() -> str:
    cores = usable_cores()
    return "" if cores > 1 else f"{cores} usable core"


def program_answers(*command: str) -> Condition:
    """Make the condition that an external program can be started."""

    def probe() -> str:
        try:
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        return ""

    return Condition(f"the program {command[0]} can be started", probe)


def before(*version: int) -> Condition:
    """Make the condition that the language is older than a version that a changelog names."""
    dotted = ".".join(map(str, version))

    def probe() -> str:
        return "" if sys.version_info < version else f"this is Python {sys.version_info.major}.{sys.version_info.minor}"

    return Condition(f"Python is older than {dotted}", probe)


can_fork = Condition(
    "this runtime can fork",
    lambda: refusal_of("import os\npid = os.fork()\nos.waitpid(pid, 0) if pid else os._exit(0)"),
)
can_start_programs = Condition("this runtime can start programs", lambda: refusal_of(""))
has_semaphores = Condition(
    "processes can share semaphores",
    lambda: refusal_of("import multiprocessing\nmultiprocessing.get_context().Lock()"),
)
has_threads = Condition(
    "this runtime can start threads",
    lambda: refusal_of("import threading\nt = threading.Thread(target=int)\nt.start()\nt.join()"),
)
has_proc = Condition("the kernel tells about processes in /proc", _proc)
can_pin = Condition("a process can be pinned to one core", _pinning)
several_cores = Condition("several cores are usable", _several_cores)
gil_is_on = Condition(
    "an interpreter lock is on", lambda: "" if gil_enabled() else "this build runs without its interpreter lock"
)
no_gil = Condition("no interpreter lock is on", lambda: "an interpreter lock is on" if gil_enabled() else "")

ALL = (can_fork, can_start_programs, has_semaphores, has_threads, has_proc, can_pin, several_cores)
