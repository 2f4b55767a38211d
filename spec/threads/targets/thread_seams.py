"""What `threading` is made of, asked in the clean room."""

from __future__ import annotations

import _thread
import sys
import threading
from typing import TYPE_CHECKING, Any

from spec.support.deadlines import ends

if TYPE_CHECKING:
    from collections.abc import Callable

    from spec.support.sabotage import Patch

# By these `threading` starts a thread: until 3.12, and since 3.13.
STARTERS = {"_start_new_thread": "start_new_thread", "_start_joinable_thread": "start_joinable_thread"}

Thread = threading.Thread


def starters() -> dict[str, bool]:
    """Name the functions by which `threading` may start a thread, and tell whether each is `_thread`'s."""
    return {
        name: getattr(threading, name) is getattr(_thread, original)
        for name, original in STARTERS.items()
        if hasattr(threading, name)
    }


def starts_seen() -> tuple[list[str], list[str]]:
    """Start a thread; return which of these functions were called, and what ran."""
    called: list[str] = []
    ran: list[str] = []

    def spy(name: str, honest: Callable[..., Any]) -> Callable[..., Any]:
        def note_and_call(*args: Any, **options: Any) -> Any:
            called.append(name)
            return honest(*args, **options)

        return note_and_call

    for name in starters():
        setattr(threading, name, spy(name, getattr(threading, name)))
    thread = Thread(target=lambda: ran.append("the function"))
    thread.start()
    ends(thread)
    return called, ran


class ThreadOfItsOwn(threading.Thread):
    """A thread that starts without the functions that `threading` has for that."""

    def start(self) -> None:
        """Run the function in the caller."""
        self.run()


def threads_of_their_own(patch: Patch) -> None:
    """Have threads start in a way of their own."""
    patch.setattr(sys.modules[__name__], "Thread", ThreadOfItsOwn)


def starters_of_their_own(patch: Patch) -> None:
    """Have `threading` start threads by functions of its own."""
    for name in starters():
        patch.setattr(threading, name, lambda *_, **__: None)
