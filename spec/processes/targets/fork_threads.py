"""What the claim about the threads of a forked child runs in the clean room."""

from __future__ import annotations

import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from concurrency_lib import fork as library
from spec.support.deadlines import deadline
from spec.support.sabotage import Patch

HELD = threading.Lock()


class Threads(NamedTuple):
    """How many threads a process has by its own and the kernel's count, and whether it can take the lock."""

    counted: int
    in_the_kernel: int
    can_take_the_lock: bool


def look() -> Threads:
    """Count this process's threads, and try to take the lock."""
    tasks = Path("/proc/self/task")
    taken = HELD.acquire(blocking=False)
    if taken:
        HELD.release()
    return Threads(threading.active_count(), len(list(tasks.iterdir())) if tasks.is_dir() else 0, taken)


@contextmanager
def another_thread() -> Iterator[None]:
    """Keep a second thread, which holds the lock."""
    holds, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with HELD:
            holds.set()
            let_go.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    holds.wait(deadline())
    try:
        yield
    finally:
        let_go.set()
        thread.join()


def look_in_both() -> tuple[Threads, Threads]:
    """Fork beside another thread; return what is found in this process and in the child."""
    caller, (out, into) = os.getpid(), os.pipe()
    with another_thread(), quietly():
        child = os.fork()
        if os.getpid() != caller:
            os.write(into, repr(tuple(look())).encode())
            os._exit(0)
        here = look()
        os.waitpid(child, 0)
    return here, Threads(*eval(os.read(out, 100)))


@contextmanager
def quietly() -> Iterator[None]:
    """Leave warnings unheard."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def fork_here() -> None:
    """Fork a child that ends at once."""
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)


def start_here() -> None:
    """Let the library start a child that ends at once."""
    with library.start(int) as child:
        child.wait(deadline())


def warnings_beside_a_thread(make_a_child: Callable[[], None]) -> list[tuple[str, str]]:
    """Make a child beside another thread; return the kinds and texts of the warnings heard."""
    with another_thread(), warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        make_a_child()
    return [(warning.category.__name__, str(warning.message)) for warning in heard]


def fork_that_brings_a_thread(patch: Patch) -> None:
    """Have the child go on with a second thread."""
    _in_the_child(patch, lambda: threading.Thread(target=threading.Event().wait, daemon=True).start())


def fork_that_frees_locks(patch: Patch) -> None:
    """Have the child find every lock free."""
    _in_the_child(patch, lambda: patch.setattr(sys.modules[__name__], "HELD", threading.Lock()))


def fork_without_a_word(patch: Patch) -> None:
    """Have fork warn of nothing."""
    real = os.fork

    def silent() -> int:
        with quietly():
            return real()

    patch.setattr(os, "fork", silent)


def _in_the_child(patch: Patch, prepare: Callable[[], None]) -> None:
    """Have every forked child begin with `prepare()`."""
    real = os.fork

    def fork() -> int:
        if (pid := real()) == 0:
            prepare()
        return pid

    patch.setattr(os, "fork", fork)
