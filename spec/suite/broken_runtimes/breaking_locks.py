"""How locks are broken for the claims about them and the library, and for nobody else."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

from spec.suite.broken_runtimes.breakages import replace

Lock = threading.Lock  # as long as it is honest

CLAIMS = (
    "one_succeeds", "continues_after", "at_most_one_holder", "must_release", "dead_thread_term", "try_finally",
    "exclusive_section", "prevents_concurrency", "deadlock_possible", "deadlock_hangs_all", "only_os_can_kill",
)  # fmt: skip
ASKING = (
    *(f"spec.threads.test_lock_{claim}" for claim in CLAIMS),
    "spec.threads.locking",
    "spec.threads.targets.locking",
    "concurrency_lib.locks",
)


class Wrapped:
    """An honest lock, in all that a broken one does not do otherwise."""

    def __init__(self, honest: Callable[[], Any] = Lock) -> None:
        self.lock = honest()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lock, name)

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Take it."""
        return bool(self.lock.acquire(blocking, timeout))

    def release(self) -> None:
        """Let it go."""
        self.lock.release()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


def break_locks(broken: Callable[[], Any], kind: str = "Lock") -> None:
    """Give broken locks to the claims and the library."""

    def make(honest: Any) -> Any:
        def make_one() -> Any:
            asks = str(sys._getframe(1).f_globals.get("__name__"))  # noqa: SLF001 - there is no other way to who calls
            return broken() if asks.startswith(ASKING) else honest()

        return make_one

    replace(threading, kind, make)
