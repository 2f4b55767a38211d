"""The other side of a clean room: a process with one thread that forks a subject for every request."""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import sys
import tempfile
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any, NoReturn

from spec.support.sabotage import sabotage_this_process

# Fetched by what many subjects do: to start a process, to share a lock, to connect by a host's name.
OFTEN_NEEDED = ("multiprocessing.popen_fork", "multiprocessing.synchronize", "encodings.idna")


class SubjectDiedError(Exception):
    """The subject ended without an answer; the text says how."""


def open_to(descriptor: int) -> None:
    """Fork a subject for each request that arrives, until the other side closes the link."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is pytest's to answer
    link = Connection(descriptor)
    for module in OFTEN_NEEDED:
        _import(module)
    while True:
        try:
            module, request = link.recv()
        except EOFError:
            return
        _import(module)
        _serve(link, request)


def _import(module: str) -> None:
    """Import a module once, here, where every subject inherits it; what it fails with, the subject finds out too."""
    with suppress(Exception):
        importlib.import_module(module)


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


def companions() -> list[str]:
    """Name what runs in the calling subject's session beside it."""
    return [name for pid, name in _members(os.getsid(0)).items() if pid != os.getpid()]


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
