"""Many waits at once, in coroutines and in threads, and what they cost."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from typing import NamedTuple

from spec.choosing.workload_sampling import ratio_of
from spec.support.deadlines import deadline
from spec.support.measuring import Sample
from spec.support.sabotage import Patch


class Waits(NamedTuple):
    """How many waits were under way at once, in how many threads, and the processor time of it all."""

    at_once: int
    threads: int
    used: float


def in_coroutines(number: int) -> Waits:
    """Let so many coroutines wait until the last of them waits as well."""
    used, waiting, threads = time.process_time(), 0, set[int]()

    async def wait(all_wait: asyncio.Event) -> None:
        nonlocal waiting
        waiting += 1
        threads.add(threading.get_ident())
        if waiting == number:
            all_wait.set()
        await all_wait.wait()

    async def main() -> None:
        all_wait = asyncio.Event()
        await asyncio.wait_for(asyncio.gather(*[start(wait(all_wait)) for _ in range(number)]), deadline())

    asyncio.run(main(), debug=False)  # whose costs are of no interest
    return Waits(waiting, len(threads), time.process_time() - used)


def start(coroutine: object) -> object:
    """Return what is to run beside the others."""
    return coroutine


def in_threads(number: int) -> Waits:
    """Let so many threads wait until the last of them waits as well."""
    used, waiting, all_wait, one_counts = time.process_time(), [0], threading.Event(), threading.Lock()

    def wait() -> None:
        with one_counts:
            waiting[0] += 1
        if waiting[0] == number:
            all_wait.set()
        all_wait.wait(deadline())

    threads = [threading.Thread(target=wait) for _ in range(number)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return Waits(waiting[0], number, time.process_time() - used)


def threads_by_coroutines(number: int) -> tuple[Sample, float, float]:
    """Return how many times the processor time of coroutines threads take for the same waits, and both, in ms."""
    return ratio_of(lambda: in_threads(number).used, lambda: in_coroutines(number).used, 1000)


def coroutines_that_never_begin(patch: Patch) -> None:
    """Drive something else in place of each coroutine."""

    def run_now(coroutine: object) -> object:
        coroutine.close()  # type: ignore[attr-defined]
        return asyncio.sleep(0)

    patch.setattr(sys.modules[__name__], "start", run_now)
