"""A warm, single-threaded process that forks once per requirement.

A raw fork in pytest's own process would copy its threads' locks, its capture and its hooks. Here a function
of a light module runs in a *subject*: a fresh fork of a process that has one thread and nothing buffered. The
subject leads a session of its own: what it starts there does not outlive the requirement unseen.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, TypeVar

from spec.support import subjects
from spec.support.deadlines import deadline, overdue
from spec.support.sabotage import ChildSabotage

Value = TypeVar("Value")


class LeftBehindError(Exception):
    """The subject ended, but processes that it started did not; they were killed."""


class CleanRoom:
    """The pytest side: start it once, run functions in it, close it."""

    def __init__(self) -> None:
        self._open()

    def mend(self) -> None:
        """Open the room again if a wait in it was broken off; between items, because a process is started."""
        if self._link.closed:
            self._open()

    def _open(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", f"from {subjects.__name__} import open_to; open_to({theirs.fileno()})"],
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

        Raises `subjects.SubjectDiedError` where the subject ended without an answer, `Overdue` where it did not end,
        and `LeftBehindError` where it left processes behind. If anything else breaks the wait off, the room is closed
        until it is mended: the next subject must not be given the answer of this one.
        """
        # Before anything is sent, because it may fail.
        request = bytes(ForkingPickler.dumps((function, args, tuple(carried))))
        answer, left_behind = self._answer(function, request)
        value, error = pickle.loads(answer)
        if error is not None:
            raise error
        if left_behind:
            raise LeftBehindError(f"left running by {function.__qualname__}: {left_behind}")
        return value  # type: ignore[no-any-return]

    def _answer(self, function: Callable[..., object], request: bytes) -> tuple[bytes, list[str]]:
        subject = None
        try:
            self._link.send((function.__module__, request))
            subject = self._link.recv()
            if self._link.poll(deadline()):
                return self._link.recv()  # type: ignore[no-any-return]
            _kill(subject)
            self._link.recv()
        except BaseException:  # such as pytest's own timeout
            if subject is not None:
                _kill(subject)
            self._process.kill()
            self._process.wait()
            self._link.close()
            raise
        raise overdue(f"the end of subject {subject} ({function.__qualname__})")

    def close(self) -> None:
        """End the warm process."""
        self._link.close()
        self._process.wait(deadline())


def _kill(subject: int) -> None:
    """Kill a subject and what it started; one that leads no group yet has started nothing."""
    with suppress(ProcessLookupError):
        os.kill(subject, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.killpg(subject, signal.SIGKILL)


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
