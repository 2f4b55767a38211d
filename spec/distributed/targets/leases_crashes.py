"""A fatal signal in one of two processes, and in one of two threads; each seen by the process that started them."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from threading import Thread
from typing import Any


def crash() -> None:
    """End this process as a bad access to memory does."""
    signal.raise_signal(signal.SIGSEGV)  # to this thread, before it goes on


def crash_in_process(door: Any) -> None:
    """Crash, once told to."""
    door.recv()
    crash()


def go_on(door: Any) -> None:
    """Wait to hear that the other is gone, and then hand in a value."""
    door.recv()
    door.send("done")


def one_process_of_two() -> tuple[list[int | None], str]:
    """Let one of two processes crash; return both exit codes, and what the other handed in."""
    context = multiprocessing.get_context("fork")
    ends = [context.Pipe() for _ in range(2)]
    processes = [
        context.Process(target=target, args=(there,))
        for target, (_, there) in zip((crash_in_process, go_on), ends, strict=True)
    ]
    for process, (_, there) in zip(processes, ends, strict=True):
        process.start()
        there.close()
    (one, _), (other, _) = ends
    one.send("now")
    processes[0].join()
    after_death(processes[1])
    return answer_after(other, processes)


def answer_after(door: Any, processes: list[Any]) -> tuple[list[int | None], str]:
    """Tell the other that the one is gone; return both exit codes, and its answer if there is one."""
    try:
        door.send("the other is gone")
        value = door.recv()
    except (EOFError, OSError):
        value = "nothing"
    for process in processes:
        process.join()
    return [process.exitcode for process in processes], value


def after_death(_: Any) -> None:
    """Do nothing to the sibling of a process that died."""


def threads_of_a_process(door: Any) -> None:
    """Let one of two threads crash, and the other hand in a value after that."""
    thread = Thread(target=crash)
    thread.start()
    thread.join()
    door.send("done")


def one_thread_of_two() -> tuple[int | None, str]:
    """Let a process run two threads of which one crashes; return its exit code, and what the other handed in."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=threads_of_a_process, args=(there,))
    process.start()
    there.close()
    process.join()
    try:
        value = here.recv()
    except (EOFError, OSError):
        value = "nothing"
    return process.exitcode, value


def sibling_killed_too(patch: Any) -> None:
    """Kill the sibling of a process that died."""
    patch.setattr(sys.modules[__name__], "after_death", lambda sibling: (sibling.kill(), sibling.join()))


def signal_ignored(patch: Any) -> None:
    """Let a crash be nothing."""
    patch.setattr(sys.modules[__name__], "crash", lambda: None)
