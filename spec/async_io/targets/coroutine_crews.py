"""Processes that each drive coroutines of their own."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Generator
from typing import Any, NamedTuple

from concurrency_lib import fork
from concurrency_lib.coroutines import RoundRobin
from spec.processes.targets import turns
from spec.support.sabotage import Patch
from spec.threads.targets.busy import Life, life_of
from spec.threads.targets.busy_beside import lives_in

MEMBERS = 10  # coroutines of a process that computes


class Crew(NamedTuple):
    """What one process saw: its id, how many of its coroutines waited at once, and in how many threads."""

    pid: int
    at_once: int
    threads: int


def wait_at_once(link: Any, number: int) -> Crew:
    """Let so many coroutines of a loop wait at once; tell of it, and go on when something comes."""
    import asyncio  # noqa: PLC0415 - heavy, and a child that was forked has it already

    threads, waiting = set[int](), list[int]()

    async def wait(number_of_it: int, may_go_on: asyncio.Event) -> None:
        threads.add(threading.get_ident())
        waiting.append(number_of_it)
        if len(waiting) == number:
            link.send(len(waiting))
        await may_go_on.wait()

    async def crew() -> None:
        may_go_on = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(link.fileno(), may_go_on.set)
        try:
            await in_the_way(*[wait(each, may_go_on) for each in range(number)])
        finally:
            loop.remove_reader(link.fileno())

    asyncio.run(crew())
    return Crew(os.getpid(), len(waiting), len(threads))


async def in_the_way(*coroutines: Any) -> None:
    """Run the coroutines side by side."""
    import asyncio  # noqa: PLC0415 - as above

    await asyncio.gather(*coroutines)


def one_after_the_other(patch: Patch) -> None:
    """Have the coroutines of a process run one after the other."""

    async def in_line(*coroutines: Any) -> None:
        for each in coroutines:
            await each

    patch.setattr(sys.modules[__name__], "in_the_way", in_line)


def compute(processes: int, seconds: float) -> list[Life]:
    """Let coroutines compute by turns in each of so many forked processes, which begin together; return their lives."""
    gate, (out, into) = os.pipe(), os.pipe()
    children = [fork.start(compute_by_turns, gate, into, seconds) for _ in range(processes)]
    for end in (*gate, into):
        os.close(end)
    with os.fdopen(out, "rb") as told:
        lives = lives_in(told.read())
    for child in children:
        with child:
            child.wait()
    return lives


def compute_by_turns(gate: tuple[int, int], into: int, seconds: float) -> None:
    """Be one of the processes: begin when all are there, and tell of it."""
    turns.await_the_others(*gate)
    used = time.process_time()
    life = life_of(lambda: drive_all(time.perf_counter() + seconds))
    os.write(into, f"{life.passed} {time.process_time() - used} {life.queued}\n".encode())


def drive_all(until: float) -> None:
    """Drive the coroutines of this process by turns."""
    with RoundRobin() as tasks:
        for number in range(MEMBERS):
            tasks.spawn(f"member {number}", computing(until))
        tasks.run()


def computing(until: float) -> Generator[None, None, None]:
    """Compute, and give way now and then."""
    x = 0
    while time.perf_counter() < until:
        for _ in range(100):
            x = x ^ 1
        yield
