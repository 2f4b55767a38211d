"""Runtimes that break one promise about thread-locals each.

`threading.local` is another class to whoever asks for it in the specification, a program that is run, or the
library's module about thread-locals. Everybody else is given the honest one: pytest, and the library's locks, which
would refuse what is no misuse.
"""

from __future__ import annotations

import sys
import threading
from types import ModuleType
from typing import Any

from spec.suite.broken_runtimes.breakages import noticed_by

HONEST = threading.local
DECEIVED = ("spec.", "concurrency_lib.thread_local", "__main__")
UNTOUCHED = "spec.threads.targets.local_broken"  # builds on the honest one


def give_out(name: str) -> None:
    """Have `threading.local` be the named class of the broken ones."""

    class Deceiving(ModuleType):
        @property
        def local(self) -> Any:
            caller = sys._getframe(1).f_globals.get("__name__", "")  # noqa: SLF001 - the documented way
            if not caller.startswith(DECEIVED) or caller == UNTOUCHED:
                return HONEST
            from spec.threads.targets import local_broken  # noqa: PLC0415 - it needs what is set up here

            return getattr(local_broken, name)

    threading.__class__ = Deceiving


@noticed_by(
    "local-all-functions-access",
    "local-auto-lookup",
    "local-dict-by-thread-works",
    "local-global-cannot-work",
    "local-global-object-per-thread-attr",
    "local-no-lock-needed",
    "local-sample12-comments",
    "local-sample12-output",
    "local-typical-use",
    "lock-any-thread-can-modify",
)
def local_is_shared_by_all() -> None:
    """What one thread binds in a thread-local all threads find."""
    give_out("SharedByAll")


@noticed_by(
    "local-all-functions-access",
    "local-auto-lookup",
    "local-global-object-per-thread-attr",
    "local-sample12-comments",
)
def local_is_inherited() -> None:
    """In a thread-local a thread begins with what the local's maker has bound by then."""
    give_out("Inherited")


@noticed_by("local-dict-by-thread-works", "local-typical-use")
def local_outlives_threads() -> None:
    """What a thread binds in a thread-local is kept when the thread has ended."""
    give_out("Everlasting")


@noticed_by("local-auto-lookup", "local-global-object-per-thread-attr")
def local_is_initialised_once() -> None:
    """The initialisation of a subclass runs in the thread that makes the local, and in no other."""
    give_out("InitialisedOnce")


@noticed_by("local-auto-lookup")
def local_deletes_for_all() -> None:
    """What one thread deletes from a thread-local is gone for all."""
    give_out("DeletedForAll")


@noticed_by(
    "local-all-functions-access",
    "local-auto-lookup",
    "local-global-object-per-thread-attr",
    "local-sample12-comments",
    "lock-any-thread-can-modify",
)
def local_misses_nothing() -> None:
    """What a thread has not bound in a thread-local is None."""
    give_out("NothingMissing")
