"""What the main thread of a process of its own, or another process, does with a lock."""

from __future__ import annotations

import signal
import sys
import threading
from typing import Any


def interrupted_while_it_waits() -> tuple[str, bool]:
    """Wait for a lock that nobody lets go, until interrupted; return how the wait ended, and whether it is held.

    The signal is repeated: one that comes just before the wait begins would not end it.
    """
    lock, main = threading.Lock(), threading.main_thread().ident
    asking, over = threading.Event(), threading.Event()
    signal.signal(signal.SIGINT, interrupt_once())
    lock.acquire()

    def interrupt() -> None:
        assert main is not None
        asking.wait()
        while not over.wait(0.002):
            signal.pthread_kill(main, signal.SIGINT)

    interrupting = threading.Thread(target=interrupt)
    try:
        interrupting.start()
        got_it = wait_for(lock, asking)
    except KeyboardInterrupt:
        return "KeyboardInterrupt", lock.locked()
    else:
        return f"returned {got_it}", lock.locked()
    finally:
        asking.set()
        over.set()
        interrupting.join()


def wait_for(lock: Any, asking: threading.Event) -> bool:
    """Wait for a lock as long as it takes."""
    asking.set()
    return lock.acquire()  # type: ignore[no-any-return]


def interrupt_once() -> Any:
    """Return a signal handler that raises at its first call alone."""
    pending = [KeyboardInterrupt]

    def handle(*_: object) -> None:
        if pending:
            raise pending.pop()

    return handle


def interrupted_before_try() -> bool:
    """Be interrupted between the taking of a lock and the try statement; tell whether the lock is still held."""
    lock = threading.Lock()
    signal.signal(signal.SIGINT, interrupt_once())
    try:
        take(lock)
        try:
            pass
        finally:
            lock.release()
    except KeyboardInterrupt:
        pass
    return lock.locked()


def take(lock: Any) -> None:
    """Take a lock, and receive a signal as soon as it is taken."""
    lock.acquire()
    signal.raise_signal(signal.SIGINT)


def hold_until_told(lock: Any, here: Any) -> None:
    """Hold a lock of processes, as the document teaches, until told to go on."""
    lock.acquire()
    try:
        here.send("holds it")
        here.recv()
    finally:
        lock.release()


def take_undisturbed(patch: Any) -> None:
    """The signal does not come."""
    patch.setattr(sys.modules[__name__], "take", lambda lock: lock.acquire())


def wait_in_silence(patch: Any) -> None:
    """What interrupts the wait for a lock ends it as if time were up."""

    def wait(lock: Any, asking: threading.Event) -> bool:
        try:
            asking.set()
            return lock.acquire()  # type: ignore[no-any-return]
        except KeyboardInterrupt:
            return False

    patch.setattr(sys.modules[__name__], "wait_for", wait)
