"""What the suite's specification runs in children and in the clean room: light, and importable by name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from spec.support.turns import Turns

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from spec.support.sabotage import Patch

THING = "whole"


def break_thing(patch: Patch) -> None:
    """Break the child's thing."""
    patch.setattr(sys.modules[__name__], "THING", "broken")


def break_what_is_not_there(patch: Patch) -> None:
    """Break something that does not exist."""
    patch.setattr(sys.modules[__name__], "NO_SUCH_THING", "broken")


def thing(*_: Any) -> str:
    """Return what the thing is in this process."""
    return THING


def send_thing(connection: Connection) -> None:
    """Tell what the thing is in this process."""
    connection.send(THING)


def add(first: int, second: int) -> int:
    """Return a sum."""
    return first + second


def pids() -> tuple[int, int, int, int]:
    """Return this process's id, its parent's, its session's, and how many threads it has."""
    return os.getpid(), os.getppid(), os.getsid(0), threading.active_count()


def fail(text: str) -> None:
    """Raise."""
    raise LookupError(text)


def leave(status: int) -> None:
    """End at once, without an answer."""
    os._exit(status)


def be_killed() -> None:
    """End by a signal."""
    os.kill(os.getpid(), signal.SIGKILL)


def never_end() -> None:
    """Wait for what does not come."""
    threading.Event().wait()


def stay(connection: Connection) -> None:
    """Tell this process's id, and wait for what does not come, deaf to interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection.send(os.getpid())
    never_end()


def lambda_of_its_own() -> Any:
    """Return what no pickle can carry."""
    return lambda: None


def leave_a_process_in(group_of_its_own: bool) -> int:  # noqa: FBT001
    """Start a program that goes on; return its id."""
    return subprocess.Popen(["sleep", "600"], process_group=0 if group_of_its_own else None).pid


def come_back_twice() -> int:
    """Fork, return in the child first, and then in the caller."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
    return child


def fork_with_descriptors_and_again() -> list[str]:
    """Open descriptors in a child, fork again, and return which of them the grandchild found closed."""
    out, into = os.pipe()
    if os.fork() == 0:
        opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(8)]
        if os.fork() == 0:
            closed = [str(fd) for fd in opened if not os.path.exists(f"/proc/self/fd/{fd}")]  # noqa: PTH110
            os.write(into, " ".join(closed).encode())
            os._exit(0)
        os.wait()
        os._exit(0)
    os.wait()
    os.close(into)
    with os.fdopen(out) as found:
        return found.read().split()


def hold_turn(directory: Path, alone: bool, connection: Connection) -> None:  # noqa: FBT001
    """Ask for a turn, tell when it is there, and hold it until told to let go, or nobody listens any more."""
    connection.send("asks")
    with Turns(directory).turn(alone=alone), suppress(EOFError, OSError):
        connection.send("has it")
        connection.recv()


def take_turn_with_a_child_that_stays(directory: Path, alone: bool, connection: Connection) -> None:  # noqa: FBT001
    """Take a turn, fork a child that lives on, and die with the turn in hand."""
    connection.send("asks")
    with Turns(directory).turn(alone=alone):
        child = os.fork()
        while child == 0:
            time.sleep(60)
        connection.send(child)
        connection.send("dies")
        os.kill(os.getpid(), signal.SIGKILL)
