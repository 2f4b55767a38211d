"""What the claims about what a child gets from its parent run, in the parent and in the child."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spec.support.sabotage import Patch

STATE = "as imported"


def send_state(connection: Any, *_: Any) -> None:
    """Tell which value this process finds in a global of this module, whatever else it is given."""
    connection.send(STATE)


def send_state_and_parent(connection: Any) -> None:
    """Tell which value this process finds in a global of this module, and which process is its parent."""
    connection.send((STATE, os.getppid()))


def send_parents(connection: Any) -> None:
    """Tell this process's parent as the system names it, and as multiprocessing does."""
    parent = multiprocessing.parent_process()
    connection.send((os.getppid(), parent.pid if parent else None))


class CountsPickling:
    """Counts how often it is pickled."""

    times = 0

    def __reduce__(self) -> tuple[type[CountsPickling], tuple[()]]:
        """Count, and come out as a new one."""
        self.times += 1
        return CountsPickling, ()


LOCK = threading.Lock()


def hold() -> Any:
    """Hold the lock."""
    return LOCK


def send_whether_free(connection: Any) -> None:
    """Tell whether this process finds the lock free."""
    connection.send("free" if LOCK.acquire(blocking=False) else "held")


def lock_found_by_a_child(method: str) -> str:
    """Let another thread hold the lock, start a child, and return whether that finds it held or free."""
    held, done = threading.Event(), threading.Event()

    def hold_until_done() -> None:
        with hold():
            held.set()
            done.wait()

    holder = threading.Thread(target=hold_until_done)
    holder.start()
    held.wait()
    try:
        return asked_of_a_child(multiprocessing.get_context(method))
    finally:
        done.set()
        holder.join()


def asked_of_a_child(context: Any) -> str:
    """Start a child, and return what it says about the lock."""
    from spec.support.deadlines import ends  # noqa: PLC0415 - what a child needs that is started afresh is at the top

    here, there = context.Pipe(duplex=False)
    with here, there:
        child = context.Process(target=send_whether_free, args=(there,))
        with warnings.catch_warnings(action="ignore"):  # a fork beside a thread is what this is about
            child.start()
        ends(child).close()
        return str(here.recv()) if here.poll() else "the child said nothing"


def change_state(patch: Patch) -> None:
    """Set the global in the child."""
    patch.setattr(sys.modules[__name__], "STATE", "as the child made it")


def forget_who_asked(patch: Patch) -> None:
    """Have multiprocessing not tell who asked for this process."""
    patch.setattr(multiprocessing, "parent_process", lambda: None)


def hold_no_lock(patch: Patch) -> None:
    """Hold something else in the place of the lock."""
    patch.setattr(sys.modules[__name__], "hold", threading.Lock)
