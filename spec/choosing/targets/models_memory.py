"""What one worker writes at an address, and who finds it there."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import threading
from functools import partial
from typing import Any

from concurrency_lib import fork, workers
from spec.choosing.targets.models_crashes import number_of
from spec.choosing.targets.working_teams import forks
from spec.support.deadlines import deadline
from spec.support.sabotage import Patch

BEFORE, AFTER, FORBIDDEN = 1, 2, 8

TEAMS: dict[str, Any] = {
    "thread": lambda: workers.threads(1),
    "process": lambda: workers.processes(1, mp_context=forks()),
}


def write(address: int, value: int) -> None:
    """Write a number at an address of this process, whatever is there."""
    ctypes.c_size_t.from_address(address).value = value


def found_after_write_by(kind: str) -> tuple[int, int]:
    """Have a worker write at the address of a number; return what the worker then finds there, and the master."""
    number = ctypes.c_size_t(BEFORE)
    with TEAMS[kind]() as team:
        (by_worker,) = team.run(partial(write_and_read, ctypes.addressof(number)), [AFTER])
    return by_worker, number.value


def write_and_read(address: int, value: int) -> int:
    """Write at an address, and read what is there."""
    write(address, value)
    return ctypes.c_size_t.from_address(address).value


def end_after_ruin_by(kind: str) -> int:
    """Have a worker of a process ruin an address that the process's main thread then follows; return how it ended."""
    with fork.start(follow_after_ruin_by, kind) as child:
        return number_of(child.wait(deadline()))


def follow_after_ruin_by(kind: str) -> None:
    """Have a worker put a wrong address where this thread looks for one, and follow it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    target = ctypes.c_int(BEFORE)
    pointer = ctypes.c_size_t(ctypes.addressof(target))
    with TEAMS[kind]() as team:
        team.run(partial(write, ctypes.addressof(pointer)), [FORBIDDEN])
    _ = ctypes.c_int.from_address(pointer.value).value


def end_after_signal_to_thread() -> int:
    """Send a deadly signal to one thread of a process, which has written nothing; return how the process ended."""
    with fork.start(signal_to_thread) as child:
        return number_of(child.wait(deadline()))


def signal_to_thread() -> None:
    """Be a process one thread of which gets a deadly signal."""
    thread = threading.Thread(target=lambda: deadly(threading.get_ident()))
    thread.start()
    thread.join()


def deadly(thread: int) -> None:
    """Send a thread a signal that nobody handles."""
    signal.pthread_kill(thread, signal.SIGUSR1)


def memory_of_its_own(patch: Patch) -> None:
    """Have every worker write into the void, and read back what it wrote."""
    here = sys.modules[__name__]
    patch.setattr(here, "write", lambda *_: None)
    patch.setattr(here, "write_and_read", lambda _, value: value)


def memory_of_all(patch: Patch) -> None:
    """Have a process's worker be a thread."""
    patch.setattr(sys.modules[__name__], "TEAMS", dict.fromkeys(TEAMS, TEAMS["thread"]))


def signal_for_the_thread_alone(patch: Patch) -> None:
    """Have a signal be harmless to the process."""
    patch.setattr(sys.modules[__name__], "deadly", lambda _: os.getpid())
