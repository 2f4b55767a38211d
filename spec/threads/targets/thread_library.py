"""What the claims about threads ask of the library in the clean room, and how it is sabotaged there."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, NamedTuple

from concurrency_lib import threads as library
from spec.support.deadlines import deadline
from spec.threads.targets.thread_limits import allow_threads
from spec.threads.targets.thread_tasks import tasks

if TYPE_CHECKING:
    from spec.support.sabotage import Patch


def looks_of_functions(count: int) -> tuple[int, list[tuple[int, int]]]:
    """Run functions together; return the caller's pid, and what each names as its pid and as the number of threads."""
    all_look, all_looked = threading.Barrier(count), threading.Barrier(count)

    def look() -> tuple[int, int]:
        all_look.wait(deadline())
        seen = os.getpid(), len(tasks())
        all_looked.wait(deadline())
        return seen

    return os.getpid(), library.run_together(*[look] * count)


def threads_not_awaited(patch: Patch) -> None:
    """Have the library leave its threads where it cannot go on."""

    def leave(interruption: BaseException, *_: object) -> BaseException:
        return interruption

    patch.setattr(library, "end_early", leave)


class Refusal(NamedTuple):
    """What came of a call for which the platform had too few threads."""

    existed: int  # threads that were started before one could not be
    raised: str
    called: list[str]  # functions that were called nevertheless
    left: int  # threads that outlived the call
    stops: int  # how often `stop` was called


def outcome_of_a_refusal() -> Refusal:
    """Run more functions together than the platform will start threads for."""
    called: list[str] = []
    existed: list[threading.Thread] = []
    real = library.start

    def start(thread: threading.Thread) -> None:
        real(thread)
        existed.append(thread)

    library.start = start
    allow_threads(2)
    raised, stops = "nothing", []
    try:
        library.run_together(*[lambda: called.append("a function")] * 4, stop=lambda: stops.append("a call"))
    except RuntimeError as error:
        raised = type(error).__name__
    return Refusal(len(existed), raised, called, threading.active_count() - 1, len(stops))


def unbridled_start(patch: Patch) -> None:
    """Have each thread call its function as soon as it exists."""
    patch.setattr(library.Signal, "wait", lambda _: True)


def one_thread_too_many(patch: Patch) -> None:
    """Have the library start another thread when it starts one."""
    real = library.start

    def start(thread: threading.Thread) -> None:
        threading.Thread(target=time.sleep, args=(deadline(),), daemon=True).start()
        real(thread)

    patch.setattr(library, "start", start)
