"""A warm, single-threaded process that forks once per requirement.

A raw fork in pytest's own process would copy its threads' locks, its capture and its hooks. Here a function
of a light module runs in a *subject*: a fresh fork of a process that has one thread and nothing buffered. The
subject leads a session of its own: what it starts there does not outlive the requirement unseen.
"""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import IO, Any, NoReturn, TypeVar

from spec.support.deadlines import deadline, overdue
from spec.support.sabotage import ChildSabotage, sabotage_this_process

Value = TypeVar("Value")


class SubjectDiedError(Exception):
    """The subject ended without an answer; the text says how."""


class LeftBehindError(Exception):
    """The subject ended, but processes that it started did not; they were killed."""


class CleanRoom:
    """The pytest side: start it once, run functions in it, close it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", f"from {__name__} import open_to; open_to({theirs.fileno()})"],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd=Path(__file__).parents[2],
            )
        self._link = Connection(ours.detach())

    @property
    def pid(self) -> int:
        """The warm process's id: the parent of every subject."""
        return self._process.pid

    def run(self, function: Callable[..., Value], *args: Any, carried: Sequence[ChildSabotage] = ()) -> Value:
        """Run a function of a light module in a subject; return its value or raise its exception.

        Raises `SubjectDiedError` where the subject ended without an answer, `Overdue` where it did not end,
        and `LeftBehindError` where it left processes behind.
        """
        # Before anything is sent, because it may fail.
        request = bytes(ForkingPickler.dumps((function, args, tuple(carried))))
        self._link.send((function.__module__, request))
        subject = self._link.recv()
        if not self._link.poll(deadline()):
            os.killpg(subject, signal.SIGKILL)
            self._link.recv()
            raise overdue(f"the end of subject {subject} ({function.__qualname__})")
        answer, left_behind = self._link.recv()
        value, error = pickle.loads(answer)
        if error is not None:
            raise error
        if left_behind:
            raise LeftBehindError(f"left running by {function.__qualname__}: {left_behind}")
        return value  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the warm process."""
        self._link.close()
        self._process.wait(deadline())


class Sabotaged:
    """A clean room whose subjects start with sabotage."""

    def __init__(self, room: CleanRoom, carried: Sequence[ChildSabotage]) -> None:
        self._room, self._carried = room, carried

    @property
    def pid(self) -> int:
        """The warm process's id: the parent of every subject."""
        return self._room.pid

    def run(self, function: Callable[..., Value], *args: Any) -> Value:
        """Run a function as `CleanRoom.run` does, after the sabotage."""
        return self._room.run(function, *args, carried=self._carried)


def open_to(descriptor: int) -> None:
    """Fork a subject for each request that arrives, until the other side closes the link."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is pytest's to answer
    link = Connection(descriptor)
    while True:
        try:
            module, request = link.recv()
        except EOFError:
            return
        with suppress(Exception):  # what it fails with, the subject fails with too, and answers
            importlib.import_module(module)  # once, here: every subject inherits it
        _serve(link, request)


def _serve(link: Connection, request: bytes) -> None:
    with tempfile.TemporaryFile() as answers:  # not a pipe: the subject's own children would hold it open
        subject = os.fork()
        if subject == 0:
            link.close()
            _be_the_subject(request, answers)
        link.send(subject)
        _, status = os.waitpid(subject, 0)
        answers.seek(0)
        link.send((answers.read() or _died(status), _clear_away(subject)))


def _be_the_subject(request: bytes, answers: IO[bytes]) -> NoReturn:
    subject = os.getpid()
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        function, args, carried = pickle.loads(request)
        sabotage_this_process(carried)
        answer = _pickled((function(*args), None))
    except BaseException as error:  # noqa: BLE001 - a subject never returns into the room
        error.add_note(f"in the subject:\n{traceback.format_exc()}")
        answer = _pickled((None, error))
    if os.getpid() == subject:  # a child that comes back here, by the subject's own code, has nothing to answer
        answers.write(answer)
        answers.flush()
    sys.stdout.flush()
    os._exit(0)


def _pickled(answer: tuple[Any, BaseException | None]) -> bytes:
    try:
        data = pickle.dumps(answer)
        pickle.loads(data)
    except Exception as error:  # noqa: BLE001 - whatever a foreign __reduce__ raises
        data = pickle.dumps((None, TypeError(f"the subject's answer cannot be pickled: {answer!r}: {error!r}")))
    return data


def _died(status: int) -> bytes:
    return pickle.dumps((None, SubjectDiedError(f"ended without an answer: {os.waitstatus_to_exitcode(status)}")))


def _clear_away(session: int) -> list[str]:
    """Kill what is left of a session, in whatever group; return the names of what was still running."""
    left = still = _members(session)
    while still:
        for pid in still:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        still = _members(session)
    return list(left.values())


def _members(session: int) -> dict[int, str]:
    """Name, by process id, what runs in a session; without /proc nobody can tell."""
    with suppress(OSError):
        pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
        return {pid: name for pid in pids if _session(pid) == session and (name := _running(pid))}
    return {}


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0


def _running(pid: int) -> str:
    """Name a process that runs; a zombie that only waits to be reaped by init is none."""
    try:
        name, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    except OSError:
        return ""
    return "" if rest.split()[0] in "ZX" else f"{name})"
