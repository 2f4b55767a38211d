"""Several activities at once in one process, in threads and in coroutines."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import NamedTuple

from spec.support.sabotage import Patch


def live_together(*activities: Callable[[], None]) -> None:
    """Run each activity in a thread of its own, and return when all have ended."""
    threads = [threading.Thread(target=activity) for activity in activities]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Part(NamedTuple):
    """A part of a job: the process and the thread that did it, as the kernel numbers them, and the result."""

    process: int
    thread: int
    result: int


def squares(numbers: Sequence[int]) -> Part:
    """Do a part of the job."""
    return Part(os.getpid(), threading.get_native_id(), sum(number**2 for number in numbers))


def in_threads(parts: Sequence[Sequence[int]]) -> list[Part]:
    """Do each part in a thread of its own; none has ended before all have done theirs."""
    all_are_there, done = threading.Barrier(len(parts)), list[Part]()

    def activity(part: Sequence[int]) -> None:
        all_are_there.wait()
        done.append(squares(part))
        all_are_there.wait()

    live_together(*(partial(activity, part) for part in parts))
    return done


def in_coroutines(parts: Sequence[Sequence[int]]) -> list[Part]:
    """Do each part in a coroutine of its own; none has ended before all have done theirs."""

    async def activity(part: Sequence[int], all_are_there: asyncio.Barrier) -> Part:
        await all_are_there.wait()
        done = squares(part)
        await all_are_there.wait()
        return done

    async def job() -> list[Part]:
        all_are_there = asyncio.Barrier(len(parts))
        return await asyncio.gather(*(activity(part, all_are_there) for part in parts))

    return asyncio.run(job())


def do_parts(way: str, parts: Sequence[Sequence[int]]) -> list[Part]:
    """Do each part `in_threads` or `in_coroutines`, as this module has them when it is called."""
    done: list[Part] = globals()[way](parts)
    return done


@contextmanager
def waiting_threads(count: int) -> Iterator[None]:
    """Have so many more threads, which wait until the block ends."""
    may_end = threading.Event()
    threads = [threading.Thread(target=may_end.wait) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        may_end.set()
        for thread in threads:
            thread.join()


def kernel_tasks(more_threads: int) -> tuple[int, list[int]]:
    """Return this process's id, and the ids of its tasks in the kernel while it has so many more threads."""
    with waiting_threads(more_threads):
        return os.getpid(), sorted(int(task.name) for task in Path("/proc/self/task").iterdir())


def threads_that_are_not_made(patch: Patch) -> None:
    """Do without the threads that were asked for: what they were to do, the caller does."""
    here = sys.modules[__name__]
    patch.setattr(here, "in_threads", lambda parts: [squares(part) for part in parts])
    patch.setattr(here, "waiting_threads", lambda _: nullcontext())


def thread_beside_the_main_one(patch: Patch) -> None:
    """Have one thread more than was asked for."""
    make = waiting_threads
    patch.setattr(sys.modules[__name__], "waiting_threads", lambda count: make(count + 1))


def coroutines_on_threads(patch: Patch) -> None:
    """Give each coroutine a thread of its own."""
    patch.setattr(sys.modules[__name__], "in_coroutines", in_threads)
