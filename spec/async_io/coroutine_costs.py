"""What the same costs in threads and in tasks of an event loop: processor time, which other programs leave alone."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from spec.support.deadlines import deadline
from spec.support.evidence import Evidence, in_ms
from spec.support.measuring import Sample

LoopFactory = Callable[[], asyncio.AbstractEventLoop]

BUDGET = 3.0  # seconds


class Pair(NamedTuple):
    """What the same costs in threads and in coroutines, in seconds."""

    threads: float
    coroutines: float

    @property
    def factor(self) -> float:
        """How many times as much threads cost."""
        return self.threads / self.coroutines

    @property
    def difference(self) -> float:
        """How much more threads cost, in seconds."""
        return self.threads - self.coroutines


def sampled(take: Callable[[], Pair], evidence: Evidence, title: str) -> Iterator[Sample]:
    """Yield the factor of one run after another, until the budget is spent; show the first run."""
    give_up, shown = time.monotonic() + BUDGET, False
    while time.monotonic() < give_up:
        pair = take()
        if not shown:
            shown = True
            rows = {name: (in_ms(seconds), "ms") for name, seconds in pair._asdict().items()}
            evidence.figures(f"{title}: one run", rows)
        yield Sample(pair.factor)


def used_by(call: Callable[[], object]) -> float:
    """Return the processor time that a call takes of this process."""
    used = time.process_time()
    call()
    return time.process_time() - used


def run_in_threads(number: int, function: Callable[[], object]) -> None:
    """Run a function in each of so many threads, and wait for the end of all."""
    threads = [threading.Thread(target=function) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_in_tasks(loop_factory: LoopFactory, number: int, function: Callable[[], Any]) -> None:
    """Run a coroutine function in each of so many tasks of a loop that is made for it."""

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(number):
                group.create_task(function())

    # What is asked is what tasks cost, and not what it costs to debug them.
    with asyncio.Runner(debug=False, loop_factory=loop_factory) as runner:
        runner.run(main())


def waits(loop_factory: LoopFactory, number: int) -> Pair:
    """Let so many wait until the last of them waits as well; return the processor time, the loop's own included."""
    return Pair(used_by(lambda: wait_in_threads(number)), used_by(lambda: wait_in_tasks(loop_factory, number)))


def wait_in_threads(number: int) -> None:
    """Let so many threads wait until the last of them waits as well."""
    others, all_wait = threading.Semaphore(number - 1), threading.Event()

    def wait() -> None:
        if not others.acquire(blocking=False):
            all_wait.set()
        all_wait.wait(deadline())

    run_in_threads(number, wait)


def wait_in_tasks(loop_factory: LoopFactory, number: int) -> None:
    """Let so many tasks wait until the last of them waits as well."""
    waiting, all_wait = list[None](), asyncio.Event()

    async def wait() -> None:
        waiting.append(None)
        if len(waiting) == number:
            all_wait.set()
        await all_wait.wait()

    run_in_tasks(loop_factory, number, wait)


def computing(loop_factory: LoopFactory, number: int, steps: int) -> Pair:
    """Let so many compute; return the processor time."""

    async def compute() -> None:
        add_up(steps)

    in_threads = used_by(lambda: run_in_threads(number, lambda: add_up(steps)))
    return Pair(in_threads, used_by(lambda: run_in_tasks(loop_factory, number, compute)))


def add_up(steps: int) -> int:
    """Compute."""
    total = 0
    for number in range(steps):
        total += number
    return total
