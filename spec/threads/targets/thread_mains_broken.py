"""How what processes say of their main threads is sabotaged."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from concurrency_lib import fork
from spec.threads.targets import thread_mains

if TYPE_CHECKING:
    from collections.abc import Callable

    from spec.support.sabotage import Patch


def another_thread(_: Patch) -> None:
    """Start a thread that stays."""
    threading.Thread(target=threading.Event().wait, daemon=True).start()


def main_thread_of_another_name(_: Patch) -> None:
    """Give the main thread another name before anybody asks."""
    threading.main_thread().name = "Main"


def fork_that_names_the_main_thread(patch: Patch) -> None:
    """Have the thread that goes on in a fork called as a main thread is."""

    def start(function: Callable[[], object]) -> fork.ForkedChild:
        return really(lambda: (main_thread_as_usual(), function()))

    really = fork.start
    patch.setattr(thread_mains.fork, "start", start)


def main_thread_as_usual() -> None:
    """Give the main thread the usual name."""
    threading.main_thread().name = "MainThread"


def names_that_stay(patch: Patch) -> None:
    """Have a thread's name not be changed."""
    patch.setattr(thread_mains, "rename", lambda *_: None)
