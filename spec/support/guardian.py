"""A process that outlives pytest for a moment, and ends everything that the run left behind.

It holds one end of a pipe. When pytest ends, however it ends, the pipe says so, and the guardian kills every
process that carries the run's mark: in its environment, or, where a bare fork has no environment of its own,
by holding the guardian's pipe open. Resource trackers may end by themselves: then they remove the shared memory and the
semaphores of those that were killed. Last it removes the run's folder.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from pathlib import Path

MARK = "CONCURRENCY_SPEC_RUN"
GRACE = 2.0  # seconds that a resource tracker has for its end


def mark_this_run() -> str:
    """Mark this process's environment, and so what it starts; a run inside a run carries both marks."""
    mark = uuid.uuid4().hex
    os.environ[MARK] = "/".join(filter(None, (os.environ.get(MARK), mark)))
    return mark


class Guardian:
    """Started once by the process that leads the run; needs /proc to find what to kill."""

    def __init__(self, mark: str, directory: str) -> None:
        held, self._lifeline = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import watch; watch({mark!r}, {directory!r})"],
            stdin=held,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
            start_new_session=True,
        )
        self._process.returncode = 0  # it ends after us: nobody waits for it, and no warning is due
        # A forked child must not hold the lifeline; it keeps `held`, by which the guardian knows it.
        os.register_at_fork(after_in_child=self._let_go)

    def _let_go(self) -> None:
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1  # in a grandchild a descriptor of that number is its own


def watch(mark: str, directory: str) -> None:
    """Wait for the end of the run, kill until nothing marked is left, and remove the run's folder."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    sys.stdin.buffer.read()
    pipe = os.readlink("/proc/self/fd/0")
    give_up = time.monotonic() + GRACE
    while found := [pid for pid in _processes() if _is_marked(pid, mark.encode(), pipe)]:
        for pid in found:
            if time.monotonic() > give_up or not _is_resource_tracker(pid):
                _kill(pid)
        time.sleep(0.01)  # nothing is ordered by this: dead processes merely take a moment to vanish
    shutil.rmtree(directory, ignore_errors=True)


def _processes() -> list[int]:
    own = os.getpid()
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != own]


def _is_marked(pid: int, mark: bytes, pipe: str) -> bool:
    try:
        if mark in Path(f"/proc/{pid}/environ").read_bytes():
            return True
        return any(_link(f"/proc/{pid}/fd/{fd}") == pipe for fd in os.listdir(f"/proc/{pid}/fd"))
    except OSError:  # it ended meanwhile, or is somebody else's
        return False


def _is_resource_tracker(pid: int) -> bool:
    try:
        return b"resource_tracker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _link(path: str) -> str:
    try:
        return os.readlink(path)
    except OSError:
        return ""


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
