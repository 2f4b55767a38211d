"""Ways to die without a word, in a process or in one of its threads, and who goes on afterwards."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

from concurrency_lib import fork
from spec.support.deadlines import deadline
from spec.support.sabotage import Patch


def exit_at_once() -> None:
    """End this process without further ado."""
    os._exit(7)


def be_killed() -> None:
    """Be killed by the system."""
    os.kill(os.getpid(), signal.SIGKILL)


def touch_forbidden_memory() -> None:
    """Read from an address that belongs to nobody."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _ = ctypes.c_int.from_address(8).value


def raise_an_exception() -> None:
    """Raise what nobody catches."""
    raise LookupError("nobody catches this")


def ask_to_exit() -> None:
    """Ask the interpreter to end."""
    sys.exit(9)


CRASHES = {"exit": exit_at_once, "SIGKILL": be_killed, "segmentation fault": touch_forbidden_memory}
ENDS = {"exit": 7, "SIGKILL": -signal.SIGKILL, "segmentation fault": -signal.SIGSEGV}
FAILURES = {"an exception": raise_an_exception, "sys.exit": ask_to_exit}


def call(crash: Callable[[], None]) -> None:
    """Crash, or not."""
    crash()


class Survivors(NamedTuple):
    """How a child ended, and what its brother and its parent still did afterwards."""

    ended: int
    brother: str
    parent: str


def crash_beside_a_brother(crash: Callable[[], None]) -> Survivors:
    """Have one of two children crash, and then ask the other for a word."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    brother = context.Process(target=answer_once, args=(theirs, ours))
    brother.start()
    theirs.close()
    with fork.start(call, crash) as child:
        ended = number_of(child.wait(deadline()))
    with suppress(OSError):
        ours.send("alive?")
    said = heard(ours)
    brother.join(deadline())
    return Survivors(ended, said, "goes on")


def number_of(end: fork.Exit) -> int:
    """Return an exit code, or minus the signal."""
    return -int(end.signal or 0) if end.code is None else end.code


def heard(pipe: Any) -> str:
    """Return what comes through a pipe, or that nothing does."""
    try:
        return str(pipe.recv()) if pipe.poll(deadline()) else "silent"
    except (EOFError, OSError):
        return "gone"


def answer_once(pipe: Any, other_end: Any) -> None:
    """Answer one question."""
    other_end.close()
    pipe.recv()
    pipe.send("alive")


class Life(NamedTuple):
    """How a process ended, and what its main thread had still to say."""

    ended: int
    last_words: str


def crash_in_a_thread(crash: Callable[[], None]) -> Life:
    """Fork a process, have one of its threads crash, and hear whether its main thread gets to say anything."""
    ours, theirs = os.pipe()
    with fork.start(live_with, crash, theirs) as child:
        os.close(theirs)
        with os.fdopen(ours) as words:
            said = words.read()
        return Life(number_of(child.wait(deadline())), said)


def live_with(crash: Callable[[], None], words: int) -> None:
    """Have a thread crash, wait for its end, and say that this was survived."""
    threading.excepthook = lambda _: None  # it would tell of what was raised for a purpose
    thread = threading.Thread(target=partial(call, crash))
    thread.start()
    thread.join()
    os.write(words, b"survived")


def crash_that_is_none(patch: Patch) -> None:
    """Let what is to crash live on."""
    patch.setattr(sys.modules[__name__], "call", lambda _: None)


def crash_of_the_family(patch: Patch) -> None:
    """Have a crash take the other child along."""
    patch.setattr(sys.modules[__name__], "answer_once", lambda pipe, _: pipe.close())


def failure_that_kills(patch: Patch) -> None:
    """Have anything that goes wrong in a thread end the process."""
    patch.setattr(sys.modules[__name__], "call", lambda _: os._exit(1))
